//! Requests whose heads are accepted, and that do as their bodies say.

use std::sync::Arc;

use http::request::Parts;
use http::{Response, StatusCode};

use crate::choice::Choice;
use crate::pages::back::{back, back_from_own_page};
use crate::pages::body::Body;
use crate::pages::change::{Change, Done};
use crate::pages::form::{self, Answer, Form};
use crate::pages::json::Put;
use crate::pages::negotiation::{by_tag, negotiate};
use crate::pages::refusal::Refusal;
use crate::pages::settings::Settings;
use crate::pages::view::View;
use crate::pages::{answer, document, media};
use crate::policy::{Consent, How, Shown};
use crate::registry::Language;

/// The surface that the record of a choice names if a script stored it.
pub(super) const JSON_SURFACE: &str = "json";

/// The kind of body that a request has to have.
#[derive(Clone, Copy, Debug)]
pub(super) enum Expected {
    Form,
    Json,
}

impl Expected {
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Expected::Form => media::FORM,
            Expected::Json => media::JSON,
        }
    }
}

/// A request that changes the visitor's choice, but for its body.
pub(super) struct Pending {
    pub(super) settings: Arc<Settings>,
    pub(super) consent: Consent,
    pub(super) request: Parts,
    pub(super) expected: Expected,
}

impl Pending {
    /// Returns the response, once the body is there.
    pub(super) fn finish(&self, body: &[u8]) -> Response<Body> {
        let response = match self.expected {
            Expected::Form => self.finish_form(&Form::read(body)),
            Expected::Json => self.finish_json(body),
        };
        response.unwrap_or_else(answer::refused)
    }

    fn finish_json(&self, body: &[u8]) -> Result<Response<Body>, Refusal> {
        let put = Put::read(body)?;
        if put.version.as_deref().is_some_and(|shown| self.is_outdated(shown)) {
            return Err(self.outdated());
        }
        let choice = put.choice(self.consent.registry())?;
        let done = self.carry_out(Change::Store(choice, How::Saved), Shown::on(JSON_SURFACE))?;
        Ok(done.add_to(answer::consent(&done.consent)))
    }

    fn finish_form(&self, form: &Form<'_>) -> Result<Response<Body>, Refusal> {
        let answer = form.answer().ok_or_else(|| {
            let detail = "The field `choice` has to be accept, refuse, save or withdraw.";
            Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
        })?;
        // A refusal needs no knowledge of what is refused.
        let consents = matches!(answer, Answer::AcceptAll | Answer::Save);
        if consents && form.values(form::VERSION).any(|shown| self.is_outdated(shown)) {
            return self.ask_again(form);
        }
        let done = self.carry_out(self.change(form, answer), self.shown(form))?;
        Ok(done.add_to(self.answer_to(form, &done)))
    }

    fn change(&self, form: &Form<'_>, answer: Answer) -> Change {
        let registry = self.consent.registry();
        match answer {
            Answer::AcceptAll => {
                Change::Store(Choice::decided(registry).grant_all(), How::AcceptAll)
            }
            Answer::RefuseAll => {
                Change::Store(Choice::decided(registry).refuse_all(), How::RefuseAll)
            }
            Answer::Save => Change::Store(form.ticked(registry), How::Saved),
            Answer::Withdraw => Change::Withdraw,
        }
    }

    fn carry_out(&self, change: Change, shown: Shown) -> Result<Done, Refusal> {
        change.carry_out(&self.consent, shown, self.settings.on_choice.as_deref())
    }

    /// Reads from the form what the visitor was shown. A record holds nothing that the pages do not
    /// write there.
    fn shown(&self, form: &Form<'_>) -> Shown {
        let surface = form.field(form::SURFACE);
        let surface = form::SURFACES.into_iter().find(|known| surface == Some(*known));
        let shown = surface.map_or_else(Shown::default, Shown::on);
        match self.asked_in(form) {
            Some(language) => shown.in_language(language.tag()),
            None => shown,
        }
    }

    /// Tells a script what is allowed now, and leads a visitor back to the page they came from.
    fn answer_to(&self, form: &Form<'_>, done: &Done) -> Response<Body> {
        if media::wants_json(&self.request.headers) {
            return answer::consent(&done.consent);
        }
        let from = back(&self.request, form.field(form::BACK));
        let here = || self.view(form).own_page(None);
        answer::see_other(&from.unwrap_or_else(here))
    }

    /// Returns the preferences once more, for a visitor who consented to what is no longer the policy.
    fn ask_again(&self, form: &Form<'_>) -> Result<Response<Body>, Refusal> {
        if media::wants_json(&self.request.headers) {
            return Err(self.outdated());
        }
        let view = self.view(form);
        let notice = Some(&*view.words.policy_changed);
        let field = form.field(form::BACK);
        let from = back_from_own_page(&self.request, field, self.settings.root());
        let page = document::page(&view, &self.consent, from.as_deref(), notice);
        Ok(answer::html(StatusCode::CONFLICT, page.into_string()))
    }

    fn is_outdated(&self, shown: &str) -> bool {
        shown != self.consent.registry().version()
    }

    fn outdated(&self) -> Refusal {
        let version = self.consent.registry().version();
        let detail = format!("The policy has changed, and is now of the version {version:?}.");
        Refusal::new(StatusCode::CONFLICT, detail)
    }

    /// Returns a page in the language in which the visitor was asked.
    fn view(&self, form: &Form<'_>) -> View<'_> {
        let negotiated = || negotiate(&self.request.headers, &self.settings.languages);
        View::new(&self.settings, self.asked_in(form).unwrap_or_else(negotiated))
    }

    /// Returns the language in which the visitor was asked, if the form says one of the site's.
    fn asked_in(&self, form: &Form<'_>) -> Option<Language> {
        form.field(form::LANG).and_then(|tag| by_tag(tag, &self.settings.languages))
    }
}
