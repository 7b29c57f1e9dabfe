//! The tower service: answers at once, or says what to do with the body.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::request::Parts;
use http::{Method, Request, Response, StatusCode};
use tower_service::Service;

use crate::pages::answer;
use crate::pages::back::back_from_own_page;
use crate::pages::body::{self, Body};
use crate::pages::change::Change;
use crate::pages::future::PagesFuture;
use crate::pages::media;
use crate::pages::negotiation::{by_tag, negotiate};
use crate::pages::origin::is_from_site;
use crate::pages::pending::{Expected, JSON_SURFACE, Pending};
use crate::pages::refusal::Refusal;
use crate::pages::route::Route;
use crate::pages::view::View;
use crate::pages::{Pages, document, query};
use crate::policy::{Consent, Shown};

const OPEN_API: &str = include_str!("openapi.json");

/// The state of a request once its head is read.
enum Begun {
    Done(Response<Body>),
    /// The body is to be read first.
    Reading(Box<Pending>),
}

impl<B: http_body::Body> Service<Request<B>> for Pages {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = PagesFuture<B>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let (parts, body) = request.into_parts();
        match self.begin(parts) {
            Begun::Done(response) => PagesFuture::ready(response),
            Begun::Reading(pending) => PagesFuture::reading(body, pending),
        }
    }
}

impl Pages {
    fn begin(&self, request: Parts) -> Begun {
        let Some(route) = Route::of(request.uri.path(), &self.settings.base) else {
            let nothing = Refusal::new(StatusCode::NOT_FOUND, "There is nothing at this address.");
            return Begun::Done(answer::refused(nothing));
        };
        if !route.has(&request.method) {
            return Begun::Done(answer::method_not_allowed(route));
        }
        match (route, &request.method) {
            (_, &Method::OPTIONS) => Begun::Done(answer::options(route)),
            (_, &Method::GET) => Begun::Done(self.get(route, &request)),
            (_, &Method::HEAD) => Begun::Done(answer::head_of(self.get(route, &request))),
            (_, &Method::POST) => self.begin_change(request, Expected::Form),
            (_, &Method::PUT) => self.begin_change(request, Expected::Json),
            _ => Begun::Done(self.delete(&request)),
        }
    }

    fn get(&self, route: Route, request: &Parts) -> Response<Body> {
        match route {
            Route::Page => self.page(request),
            Route::Choice => answer::consent(&self.consent_of(request)),
            Route::OpenApi => answer::description(OPEN_API),
            Route::Asset(asset, is_current) => answer::asset(asset, is_current),
        }
    }

    fn page(&self, request: &Parts) -> Response<Body> {
        let asked = query::value(&request.uri, "lang");
        let languages = &self.settings.languages;
        let language = asked
            .and_then(|tag| by_tag(&tag, languages))
            .unwrap_or_else(|| negotiate(&request.headers, languages));
        let view = View::new(&self.settings, language);
        let given = query::value(&request.uri, "back");
        let from = back_from_own_page(request, given.as_deref(), self.settings.root());
        let page = document::page(&view, &self.consent_of(request), from.as_deref(), None);
        answer::html(StatusCode::OK, page.into_string())
    }

    fn begin_change(&self, request: Parts, expected: Expected) -> Begun {
        let consent = self.consent_of(&request);
        let accepted = check_origin(&request)
            .and_then(|()| check_kept(&consent))
            .and_then(|()| media::check(&request.headers, expected.media_type()))
            .and_then(|()| body::check_length(&request.headers));
        match accepted {
            Ok(()) => {
                let settings = Arc::clone(&self.settings);
                Begun::Reading(Box::new(Pending { settings, consent, request, expected }))
            }
            Err(refusal) => Begun::Done(answer::refused(refusal)),
        }
    }

    fn delete(&self, request: &Parts) -> Response<Body> {
        let consent = self.consent_of(request);
        let on_choice = self.settings.on_choice.as_deref();
        let accepted = check_origin(request).and_then(|()| check_kept(&consent));
        let withdrawn = accepted.and_then(|()| {
            Change::Withdraw.carry_out(&consent, Shown::on(JSON_SURFACE), on_choice)
        });
        match withdrawn {
            Ok(done) => done.add_to(answer::consent(&done.consent)),
            Err(refusal) => answer::refused(refusal),
        }
    }

    /// Returns the visitor's consent as the layer has read it; without the layer, as the policy reads it.
    fn consent_of(&self, request: &Parts) -> Consent {
        let of_layer = request.extensions.get::<Consent>().cloned();
        of_layer.unwrap_or_else(|| self.policy.consent(&request.headers))
    }
}

fn check_origin(request: &Parts) -> Result<(), Refusal> {
    if is_from_site(request) {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::FORBIDDEN, "Another site cannot choose for a visitor."))
}

/// Refuses to store what the policy does not read: the visitor would be told of a choice that does not
/// count, be it a refusal.
fn check_kept(consent: &Consent) -> Result<(), Refusal> {
    if consent.policy().reads_what_is_stored() {
        return Ok(());
    }
    let detail = "This site reads the choice from another banner, which alone can change it.";
    Err(Refusal::new(StatusCode::FORBIDDEN, detail))
}
