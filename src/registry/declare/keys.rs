//! The keys of categories, services and cookies, each written once.

/// Makes the struct of something declared: what it cannot be without (in brackets), what it has
/// besides (in braces), and its keys. A key has a type and a setter of its name, and is unset unless
/// the site says it.
///
/// A new key is a line here, one where the file is read, and a getter of the reference to it.
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
        }

        impl $declared {
            /// Nothing but what it cannot be without.
            fn bare($($given: $given_type),+) -> Self {
                Self {
                    $($given,)+
                    $($other: Default::default(),)+
                    $($key: None,)+
                }
            }

            $(
                $(#[$meaning])*
                pub fn $key(mut self, $key: impl Into<$type>) -> Self {
                    self.$key = Some($key.into());
                    self
                }
            )+
        }
    };
}

pub(crate) use keys;
