//! The IAB's [GPP string](crate::cmp::iab::gpp_string) in a cookie, as OneTrust, InMobi and others
//! store it, and the [US Privacy string](crate::cmp::iab::us_privacy) that older banners store
//! instead.

use crate::cmp::format::Format;
use crate::cmp::formats::tcf;
use crate::cmp::iab::{gpp_string, us_privacy};

pub(crate) const FORMAT: Format = Format {
    owns: |name| {
        gpp_string::carried_by(name) || us_privacy::carried_by(name) || (tcf::FORMAT.owns)(name)
    },
    read: |reader| {
        let choice = reader.choice(gpp_string::carried_by, gpp_string::read);
        us_privacy::add_objections(reader, choice, us_privacy::carried_by)
    },
};
