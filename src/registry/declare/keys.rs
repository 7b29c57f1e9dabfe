//! The keys of categories, services and cookies, each written once.

/// Makes the struct of a category, a service or a cookie, with a setter for each of its keys.
///
/// The fields in brackets are required, and those in braces are further fields. The lines behind
/// them are the optional keys, each with its type. The keys for attributes (rule R21) are the same
/// for all three structs, and are added here.
///
/// To add a key, add it to a use of this macro, to the function that reads the file, and as a
/// getter to the reference.
macro_rules! keys {
    (
        $(#[$about:meta])*
        pub struct $declared:ident($($given:ident: $given_type:ty),+) {
            $($other:ident: $other_type:ty),+ $(,)?
        }
        $($(#[$meaning:meta])* $key:ident: $type:ty,)+
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug)]
        #[must_use]
        pub struct $declared {
            $(pub(crate) $given: $given_type,)+
            $(pub(crate) $other: $other_type,)+
            $(pub(crate) $key: Option<$type>,)+
            pub(crate) attributes: $crate::registry::declare::floors::DeclaredFloor,
        }

        impl $declared {
            /// Makes one without any optional key.
            fn bare($($given: $given_type),+) -> Self {
                Self {
                    $($given,)+
                    $($other: Default::default(),)+
                    $($key: None,)+
                    attributes: Default::default(),
                }
            }

            $(
                $(#[$meaning])*
                pub fn $key(mut self, $key: impl Into<$type>) -> Self {
                    self.$key = Some($key.into());
                    self
                }
            )+

            /// If `true`, every line that sets such a cookie leaves with `Secure`, whether it had it
            /// or not (rule [R21](crate::rules#r21)).
            pub fn secure(mut self, secure: impl Into<bool>) -> Self {
                self.attributes.secure = Some(secure.into());
                self
            }

            /// If `true`, every line that sets such a cookie leaves with `HttpOnly` (rule
            /// [R21](crate::rules#r21)).
            pub fn http_only(mut self, http_only: impl Into<bool>) -> Self {
                self.attributes.http_only = Some(http_only.into());
                self
            }

            /// Sets the least strict `SameSite` with which a line that sets such a cookie leaves
            /// (rule [R21](crate::rules#r21)). [`SameSite::None`] applies only to lines without
            /// `SameSite`, and needs [`secure`](Self::secure).
            ///
            /// [`SameSite::None`]: crate::registry::SameSite::None
            pub fn same_site(
                mut self,
                same_site: impl Into<$crate::set_cookie::SameSite>,
            ) -> Self {
                self.attributes.same_site = Some(same_site.into());
                self
            }

            /// If `true`, every line that sets such a cookie leaves with `Partitioned` (rule
            /// [R21](crate::rules#r21)), so that browsers keep a separate cookie for each site that
            /// embeds this one. A deletion then deletes both the partitioned cookie and the other
            /// one (rule [R20](crate::rules#r20)). It needs [`secure`](Self::secure).
            pub fn partitioned(mut self, partitioned: impl Into<bool>) -> Self {
                self.attributes.partitioned = Some(partitioned.into());
                self
            }
        }
    };
}

pub(crate) use keys;
