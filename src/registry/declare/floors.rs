//! The attributes that categories, services and cookies demand (R21).

use crate::registry::declare::category::Category;
use crate::registry::declare::declaration::Declaration;
use crate::registry::declare::service::Service;
use crate::set_cookie::{Floor, SameSite};

/// The attributes that one of them demands by itself. It leaves those that it does not name to what is around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DeclaredFloor {
    pub(crate) secure: Option<bool>,
    pub(crate) http_only: Option<bool>,
    pub(crate) same_site: Option<SameSite>,
    pub(crate) partitioned: Option<bool>,
}

impl DeclaredFloor {
    /// Returns what it demands.
    pub(crate) fn demanded(self) -> Floor {
        Floor {
            secure: self.secure == Some(true),
            http_only: self.http_only == Some(true),
            same_site: self.same_site,
            partitioned: self.partitioned == Some(true),
        }
    }
}

macro_rules! declares_floor {
    ($($declared:ident),+) => {
        $(impl $declared {
            /// Returns what it says of attributes by itself.
            pub(crate) fn declared_floor(&self) -> DeclaredFloor {
                DeclaredFloor {
                    secure: self.secure,
                    http_only: self.http_only,
                    same_site: self.same_site,
                    partitioned: self.partitioned,
                }
            }

            /// Returns what it demands by itself.
            pub(crate) fn floor(&self) -> Floor {
                self.declared_floor().demanded()
            }
        })+
    };
}

declares_floor!(Category, Service, Declaration);
