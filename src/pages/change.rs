//! Carrying out what a visitor decided.

use http::{Response, StatusCode};

use crate::choice::Choice;
use crate::pages::body::Body;
use crate::pages::refusal::Refusal;
use crate::pages::settings::OnChoice;
use crate::policy::{ChoiceCookies, Consent, ConsentRecord, How, Shown};

/// A change of the choice that is stored.
#[derive(Debug)]
pub(super) enum Change {
    Store(Choice, How),
    Withdraw,
}

/// A change that takes effect once its lines are sent.
pub(super) struct Done {
    /// The visitor's consent from here on.
    pub(super) consent: Consent,
    lines: ChoiceCookies,
}

impl Change {
    /// Carries it out, and hands the record of it to `on_choice` if there is one.
    pub(super) fn carry_out(
        self,
        consent: &Consent,
        shown: Shown,
        on_choice: Option<&OnChoice>,
    ) -> Result<Done, Refusal> {
        match self {
            Change::Store(choice, how) => {
                let lines = match on_choice {
                    None => consent.store(&choice),
                    Some(on_choice) => consent
                        .store_with_record(&choice, how, shown)
                        .map(|(lines, record)| keep(on_choice, lines, record)),
                };
                let lines = lines.map_err(|error| {
                    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, format!("{error}."))
                })?;
                Ok(Done { consent: consent.with(&choice), lines })
            }
            Change::Withdraw => {
                let lines = match on_choice {
                    None => consent.withdraw(),
                    Some(on_choice) => {
                        let (lines, record) = consent.withdraw_with_record(shown);
                        keep(on_choice, lines, record)
                    }
                };
                Ok(Done { consent: consent.without_choice(), lines })
            }
        }
    }
}

fn keep(on_choice: &OnChoice, lines: ChoiceCookies, record: ConsentRecord) -> ChoiceCookies {
    on_choice(record);
    lines
}

impl Done {
    /// Adds the lines to a response.
    pub(super) fn add_to(&self, mut response: Response<Body>) -> Response<Body> {
        self.lines.clone().append_to(response.headers_mut());
        response
    }
}
