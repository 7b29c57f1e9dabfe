//! Carrying out what a visitor decided.

use http::{Response, StatusCode};

use crate::choice::Choice;
use crate::pages::body::Body;
use crate::pages::refusal::Refusal;
use crate::policy::{ChoiceCookies, Consent};

/// A change of the choice that is stored.
#[derive(Debug)]
pub(super) enum Change {
    Store(Choice),
    Withdraw,
}

/// A change that takes effect once its lines are sent.
pub(super) struct Done {
    /// The visitor's consent from here on.
    pub(super) consent: Consent,
    lines: ChoiceCookies,
}

impl Change {
    pub(super) fn carry_out(self, consent: &Consent) -> Result<Done, Refusal> {
        match self {
            Change::Store(choice) => match consent.store(&choice) {
                Ok(lines) => Ok(Done { consent: consent.with(&choice), lines }),
                Err(error) => {
                    Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, format!("{error}.")))
                }
            },
            Change::Withdraw => {
                Ok(Done { consent: consent.without_choice(), lines: consent.withdraw() })
            }
        }
    }
}

impl Done {
    /// Adds the lines to a response.
    pub(super) fn add_to(&self, mut response: Response<Body>) -> Response<Body> {
        self.lines.clone().append_to(response.headers_mut());
        response
    }
}
