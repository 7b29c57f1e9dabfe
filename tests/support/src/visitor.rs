//! A visitor, which is a client that keeps cookies.

use std::sync::Arc;

use reqwest::cookie::{CookieStore, Jar};
use reqwest::header::{CONTENT_TYPE, HeaderMap, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, RequestBuilder, Url};

pub struct Browser {
    client: Client,
    jar: Arc<Jar>,
    url: Url,
}

/// A response, without following redirections.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Browser {
    pub fn new(url: &str) -> Self {
        Browser::with(url, ClientBuilder::new())
    }

    pub fn with(url: &str, builder: ClientBuilder) -> Self {
        let jar = Arc::new(Jar::default());
        let builder = builder.no_proxy().redirect(Policy::none());
        let client = builder.cookie_provider(Arc::clone(&jar)).build().unwrap();
        Browser { client, jar, url: url.parse().unwrap() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        answer(self.client.get(self.url.join(path).unwrap())).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, form: impl Into<String>) -> Answer {
        answer(self.form(path, form)).await
    }

    /// Sends a form from a page of another site.
    pub async fn post_from_elsewhere(&self, path: &str, form: &str) -> Answer {
        let form = self.form(path, form).header("origin", "https://other.example");
        answer(form.header("sec-fetch-site", "cross-site")).await
    }

    fn form(&self, path: &str, form: impl Into<String>) -> RequestBuilder {
        let request = self.client.post(self.url.join(path).unwrap());
        request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form.into())
    }

    /// Returns the sorted names of the cookies that it would send.
    pub fn cookies(&self) -> Vec<String> {
        let Some(line) = self.jar.cookies(&self.url) else { return Vec::new() };
        let pairs = line.to_str().unwrap().split("; ");
        let mut names: Vec<_> =
            pairs.map(|pair| pair.split('=').next().unwrap().to_owned()).collect();
        names.sort_unstable();
        names
    }
}

async fn answer(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.text().await.unwrap(),
    }
}

impl Answer {
    /// Returns its `Set-Cookie` lines.
    pub fn set_cookies(&self) -> Vec<&str> {
        let lines = self.headers.get_all(SET_COOKIE).iter();
        lines.map(|line| line.to_str().unwrap()).collect()
    }

    /// Returns the names in its `Set-Cookie` lines.
    pub fn set_names(&self) -> Vec<&str> {
        let lines = self.set_cookies().into_iter();
        lines.map(|line| line.split('=').next().unwrap()).collect()
    }
}
