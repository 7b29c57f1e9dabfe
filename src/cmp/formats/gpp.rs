//! Reads cookies with the IAB's [GPP string](crate::cmp::iab::gpp_string), as OneTrust, InMobi and
//! others store it, and with the [US Privacy string](crate::cmp::iab::us_privacy) that older
//! banners store instead.

use crate::choice::Choice;
use crate::cmp::iab::{gpp_string, us_privacy};
use crate::cmp::reader::Reader;

pub(crate) fn choice(reader: &Reader<'_>) -> Choice {
    let choice = reader.choice(gpp_string::read);
    gpp_string::add_objections(reader, choice, us_privacy::carried_by)
}
