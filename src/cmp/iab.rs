//! The strings of the IAB, which its members' banners write into cookies of several names.

pub(crate) mod gpp_string;
pub(crate) mod tc_string;
pub(crate) mod us_privacy;
mod us_sections;
