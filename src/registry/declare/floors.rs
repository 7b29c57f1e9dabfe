//! The attributes that categories, services and cookies demand (R21).

use crate::set_cookie::{Floor, SameSite};

/// The attributes that a category, a service or a cookie demands by itself. One that is `None` is
/// left to what the service and the category around it demand.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DeclaredFloor {
    pub(crate) secure: Option<bool>,
    pub(crate) http_only: Option<bool>,
    pub(crate) same_site: Option<SameSite>,
    pub(crate) partitioned: Option<bool>,
}

impl DeclaredFloor {
    /// Returns the attributes that are demanded.
    pub(crate) fn demanded(self) -> Floor {
        Floor {
            secure: self.secure == Some(true),
            http_only: self.http_only == Some(true),
            same_site: self.same_site,
            partitioned: self.partitioned == Some(true),
        }
    }
}
