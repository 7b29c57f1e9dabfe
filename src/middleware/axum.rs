//! Lets axum's handlers take a `Consent` as an extractor, and return `ChoiceCookies` as parts of a response.

use std::convert::Infallible;
use std::fmt;

use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
use axum_core::response::{IntoResponse, IntoResponseParts, Response, ResponseParts};
use http::StatusCode;
use http::request::Parts;

use crate::policy::{ChoiceCookies, Consent};

impl<S: Sync> FromRequestParts<S> for Consent {
    type Rejection = MissingCookieConsentLayer;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        parts.extensions.get().cloned().ok_or(MissingCookieConsentLayer)
    }
}

/// `None` where no layer inserted the consent.
impl<S: Sync> OptionalFromRequestParts<S> for Consent {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
        Ok(parts.extensions.get().cloned())
    }
}

/// The handler takes a [`Consent`], but no [`CookieConsentLayer`](crate::CookieConsentLayer) that
/// inserts it is around its route. Answers 500 with no body; the feature `tracing` tells the log
/// what to do.
#[derive(Clone, Copy, Debug)]
pub struct MissingCookieConsentLayer;

impl fmt::Display for MissingCookieConsentLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "no consent in this request: add `.layer(CookieConsentLayer::new(registry))` around \
             the route, after all other layers and routes, with its consent extension left on",
        )
    }
}

impl std::error::Error for MissingCookieConsentLayer {}

impl IntoResponse for MissingCookieConsentLayer {
    fn into_response(self) -> Response {
        // The advice is the developer's, and no business of the visitor.
        #[cfg(feature = "tracing")]
        ::tracing::error!("{self}");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

impl IntoResponseParts for ChoiceCookies {
    type Error = Infallible;

    fn into_response_parts(self, mut response: ResponseParts) -> Result<ResponseParts, Infallible> {
        self.append_to(response.headers_mut());
        Ok(response)
    }
}

impl IntoResponse for ChoiceCookies {
    fn into_response(self) -> Response {
        (self, ()).into_response()
    }
}
