//! Base64 as scripts write it into cookies: with padding or without, and perhaps percent-encoded.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::cmp::percent;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The bytes that a value stands for; `None` if it is not Base64.
pub(crate) fn decode(value: &[u8]) -> Option<Vec<u8>> {
    BASE64.decode(percent::decode(value)?).ok()
}
