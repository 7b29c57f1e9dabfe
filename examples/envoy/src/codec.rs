//! Turns messages into bytes and back.

use bytes::Buf;
use envoy_types::pb::envoy::service::ext_proc::v3::ProcessingResponse;
use prost::Message;
use tonic::Status;
use tonic::codec::{BufferSettings, Codec, DecodeBuf, Decoder};
use tonic_prost::ProstEncoder;

use crate::messages::ProcessingRequest;

/// The first size of a stream's two buffers, in bytes. Most heads are shorter, and longer ones make a buffer
/// grow.
const BUFFER: usize = 1024;
/// The number of written bytes that are sent before the next message is written; tonic uses the same.
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

/// Reads a message whose parts stay slices of the bytes that came.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader;

impl Decoder for Reader {
    type Item = ProcessingRequest;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Self::Item>, Status> {
        // The message is taken as a whole first, since many small parts take longer to cut off the buffer.
        let message = buffer.copy_to_bytes(buffer.remaining());
        let read = ProcessingRequest::decode(message);
        read.map(Some).map_err(|error| Status::internal(error.to_string()))
    }

    fn buffer_settings(&self) -> BufferSettings {
        BufferSettings::new(BUFFER, SENT_AT)
    }
}
