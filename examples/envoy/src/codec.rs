//! How messages become bytes and back.

use bytes::Buf;
use envoy_types::pb::envoy::service::ext_proc::v3::ProcessingResponse;
use prost::Message;
use tonic::Status;
use tonic::codec::{BufferSettings, Codec, DecodeBuf, Decoder};
use tonic_prost::ProstEncoder;

use crate::messages::ProcessingRequest;

/// A stream has two buffers for as long as its request takes, and most heads are shorter than this. One
/// that is longer makes its buffer grow.
const BUFFER: usize = 1024;
/// With this many bytes written, they are sent before the next message is; as tonic has it.
const SENT_AT: usize = 32 * 1024;

/// Reads only what the policy needs, and keeps little room for each stream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProcessCodec;

impl Codec for ProcessCodec {
    type Encode = ProcessingResponse;
    type Decode = ProcessingRequest;
    type Encoder = ProstEncoder<ProcessingResponse>;
    type Decoder = Reader;

    fn encoder(&mut self) -> Self::Encoder {
        ProstEncoder::new(BufferSettings::new(BUFFER, SENT_AT))
    }

    fn decoder(&mut self) -> Reader {
        Reader
    }
}

/// Reads a message of which the parts stay slices.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader;

impl Decoder for Reader {
    type Item = ProcessingRequest;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Self::Item>, Status> {
        // Taken as a whole first, since it takes longer to cut off many small parts of a buffer.
        let message = buffer.copy_to_bytes(buffer.remaining());
        let read = ProcessingRequest::decode(message);
        read.map(Some).map_err(|error| Status::internal(error.to_string()))
    }

    fn buffer_settings(&self) -> BufferSettings {
        BufferSettings::new(BUFFER, SENT_AT)
    }
}
