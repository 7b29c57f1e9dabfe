//! Carrying out what a visitor decided.

use std::panic::{AssertUnwindSafe, catch_unwind};

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
    /// The visitor's consent from here on. Where their account's choice counts, this one is taken to be
    /// kept there as well, as it has to be: else a refusal would reach less far than a grant.
    pub(super) consent: Consent,
    lines: ChoiceCookies,
    record: ConsentRecord,
}

impl Change {
    /// Carries it out, and hands the record of it to `on_choice` if there is one.
    pub(super) fn carry_out(
        self,
        consent: &Consent,
        shown: Shown,
        on_choice: Option<&OnChoice>,
    ) -> Result<Done, Refusal> {
        let (consent, (lines, record)) = match self {
            Change::Store(choice, how) => {
                let stored = consent.store_with_record(&choice, how, shown).map_err(|error| {
                    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, format!("{error}."))
                })?;
                (consent.with_everywhere(&choice), stored)
            }
            Change::Withdraw => {
                (consent.without_choice_everywhere(), consent.withdraw_with_record(shown))
            }
        };
        if let Some(on_choice) = on_choice {
            // The visitor's answer must not depend on what happens to the record. The panic hook
            // has reported the panic already.
            let handed_over = AssertUnwindSafe(|| on_choice(record.clone()));
            let _ = catch_unwind(handed_over);
        }
        Ok(Done { consent, lines, record })
    }
}

impl Done {
    /// Adds the lines to a response, and the record to its extensions.
    pub(super) fn add_to(&self, mut response: Response<Body>) -> Response<Body> {
        self.lines.clone().append_to(response.headers_mut());
        response.extensions_mut().insert(self.record.clone());
        response
    }
}
