//! Accounts, whose choice follows them to every device on which their visitor logs in.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tower_cookie_consent::{Choice, Consent, ConsentRecord, How};

use crate::{App, login};

/// The choice in each account. A real site keeps it in its database.
#[derive(Clone, Default)]
pub(crate) struct Accounts(Arc<Mutex<HashMap<String, Choice>>>);

impl Accounts {
    pub(crate) fn choice(&self, user: &str) -> Option<Choice> {
        self.all().get(user).cloned()
    }

    /// Keeps what was decided: to withdraw reaches as far as to consent.
    fn keep(&self, user: String, record: &ConsentRecord) {
        match record.how() {
            How::Withdrawn => self.all().remove(&user),
            _ => self.all().insert(user, record.choice().clone()),
        };
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, Choice>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets the account's choice count while its visitor is logged in, and keeps what they decide
/// meanwhile.
pub(crate) async fn follow(
    State(app): State<App>,
    consent: Consent,
    request: Request,
    next: Next,
) -> Response {
    let Some(user) = login::user(&consent, app.site) else { return next.run(request).await };
    if let Some(choice) = app.accounts.choice(&user) {
        consent.set_account_choice(&choice);
    }
    let response = next.run(request).await;
    if let Some(record) = response.extensions().get() {
        app.accounts.keep(user, record);
    }
    response
}
