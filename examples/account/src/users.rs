//! The site's users, in memory, each with the choice that they made in their account.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use axum_login::{AuthUser, AuthnBackend};
use tower_cookie_consent::{Choice, Registry};

/// A stored choice: what was ticked, under which version of the policy, and when.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    ticked: Vec<String>,
    version: String,
    time: SystemTime,
}

impl Chosen {
    pub(crate) fn now(registry: &Registry, ticked: Vec<String>) -> Self {
        Chosen { ticked, version: registry.version().to_owned(), time: SystemTime::now() }
    }

    pub(crate) fn choice(&self, registry: &Registry) -> Choice {
        let choice = Choice::from_ticked(registry, &self.ticked);
        choice.under_version(&self.version).made_at(self.time)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) chosen: Option<Chosen>,
}

impl AuthUser for User {
    type Id = String;

    fn id(&self) -> String {
        self.name.clone()
    }

    // A site with passwords returns a hash of the password here, so that a new password ends all
    // sessions.
    fn session_auth_hash(&self) -> &[u8] {
        self.name.as_bytes()
    }
}

/// There are no passwords here: whoever enters a name is that user.
#[derive(Clone, Default)]
pub(crate) struct Users(Arc<Mutex<HashMap<String, Chosen>>>);

impl Users {
    pub(crate) fn choose(&self, name: &str, chosen: Chosen) {
        let mut users = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        users.insert(name.to_owned(), chosen);
    }

    fn user(&self, name: &str) -> User {
        let users = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        User { name: name.to_owned(), chosen: users.get(name).cloned() }
    }
}

impl AuthnBackend for Users {
    type User = User;
    type Credentials = String;
    type Error = Infallible;

    async fn authenticate(&self, name: String) -> Result<Option<User>, Infallible> {
        Ok((!name.is_empty()).then(|| self.user(&name)))
    }

    async fn get_user(&self, name: &String) -> Result<Option<User>, Infallible> {
        Ok(Some(self.user(name)))
    }
}
