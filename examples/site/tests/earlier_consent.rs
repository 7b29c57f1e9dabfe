//! A visitor whose browser holds cookies of an earlier consent refuses in the site's own form: in real
//! browsers, over TLS, behind nginx and Varnish as shared caches.

use test_support::browser::Browser;
use test_support::cache::Cache;
use test_support::folder::Folder;
use test_support::left_out::left_out;
use test_support::port::free_port;
use test_support::process::Server;
use test_support::visitor;

/// What was set before, by a tag or by an earlier version of the site. All values begin alike.
const EARLIER: [&str; 5] = [
    "_ga=earlier1; Path=/; Max-Age=63072000; Secure",
    "_ga=earlier2; Path=/; Max-Age=63072000; Secure; Domain=example.test",
    "_fbp=earlier3; Path=/; Max-Age=7776000; Domain=example.test",
    "_gcl_au=earlier4; Path=/; Max-Age=7776000; Secure; SameSite=None; Partitioned",
    "_hjid=earlier5; Path=/; Max-Age=31536000; Secure; HttpOnly",
];

/// The pages that the visitor opens after the refusal.
const PAGES: [&str; 4] =
    ["/?lang=en", "/cookies?lang=en", "/set/analytics?lang=en", "/set/advertising?lang=en"];

/// nginx with TLS, which caches, in front of Varnish, which caches, in front of the site.
struct Front {
    nginx: Cache,
    varnish: Cache,
    tls: u16,
    site: Server,
    _folder: Folder,
}

impl Front {
    fn start() -> Option<Self> {
        let folder = Folder::new();
        let records = folder.path("records.jsonl");
        let records = ["--records", records.to_str().unwrap()];
        let site = Server::start_with(env!("CARGO_BIN_EXE_site"), &records);
        let varnish = Cache::varnish(site.url().strip_prefix("http://").unwrap())?;
        let tls = free_port();
        let certified = rcgen::generate_simple_self_signed(["test".to_owned()]).unwrap();
        let certificate = folder.write("certificate.pem", &certified.cert.pem());
        let key = folder.write("key.pem", &certified.signing_key.serialize_pem());
        let earlier = EARLIER.map(|line| format!("add_header Set-Cookie '{line}';")).concat();
        // Both listeners share what is stored, so that it can be looked at without TLS.
        let directives = format!(
            "listen 127.0.0.1:{tls} ssl; ssl_certificate {certificate}; ssl_certificate_key {key};
             proxy_set_header Host $http_host; proxy_cache_key $request_uri;
             location = /earlier {{ {earlier} default_type text/html; return 200 '<!doctype html>'; }}"
        );
        let nginx = Cache::nginx_with(&varnish.address(), &directives)?;
        Some(Front { nginx, varnish, tls, site, _folder: folder })
    }
}

/// A visitor of `www.example.test`.
struct Visitor<'a> {
    browser: &'a mut Browser,
    origin: String,
}

impl Visitor<'_> {
    fn open(&mut self, path: &str) {
        self.browser.navigate(&format!("{}{path}", self.origin));
    }

    /// Answers in the form of the preferences, which is open, and waits until the server knows it.
    fn answer(&mut self, answer: &str, allowed: bool) {
        self.browser.click(&format!(".tcc-preferences [name=choice][value={answer}]"));
        self.browser.wait_until(&format!(
            "fetch('/cookies/choice').then(answer => answer.json()).then(choice =>
                choice.decided && choice.categories.analytics.allowed === {allowed})"
        ));
    }

    /// The cookies that the browser sends, and whether the site gets to read each. A page that is
    /// fetched sweeps nothing.
    fn sent(&mut self) -> Vec<String> {
        let rows = self.browser.evaluate(
            "fetch('/?lang=en').then(answer => answer.text()).then(text => {
                const page = new DOMParser().parseFromString(text, 'text/html');
                const rows = [...page.querySelectorAll('main tbody tr')];
                return rows.map(row => row.cells[0].textContent + ' ' + row.cells[2].textContent);
            })",
        );
        let rows = rows.as_array().unwrap().iter().map(|row| row.as_str().unwrap().to_owned());
        rows.filter(|row| !row.starts_with("cookie_consent ")).collect()
    }

    /// The values in the jar that are of before.
    fn held(&mut self) -> Vec<String> {
        let cookies = self.browser.cookies().into_iter();
        let values = cookies.map(|cookie| String::from_utf8(cookie.value).unwrap());
        let mut values: Vec<_> = values.filter(|value| value.starts_with("earlier")).collect();
        values.sort();
        values
    }
}

fn browsers() -> Vec<Browser> {
    let start = [("chromium", Browser::chromium()), ("firefox-esr", Browser::firefox())];
    for (package, browser) in &start {
        if browser.is_none() {
            let command = format!("apt-get install {package}");
            left_out(package, "no visitor refused in it", &command);
        }
    }
    start.into_iter().filter_map(|(_, browser)| browser).collect()
}

#[tokio::test]
async fn r19_r22_r23_nothing_of_an_earlier_consent_is_left_after_a_refusal() {
    let Some(front) = Front::start() else { return };
    for mut browser in browsers() {
        let name = browser.name();
        let origin = format!("https://www.example.test:{}", front.tls);
        let mut visitor = Visitor { browser: &mut browser, origin };
        let all = ["earlier1", "earlier2", "earlier3", "earlier4", "earlier5"];

        // Whoever has not chosen yet loses them by looking at pages.
        visitor.open("/earlier");
        assert_eq!(visitor.held(), all, "{name}");
        for path in PAGES {
            visitor.open(path);
        }
        assert_eq!(visitor.held(), [""; 0], "{name}: swept");

        // Whoever agreed and then refuses loses them by that.
        visitor.browser.clear_cookies();
        visitor.open("/cookies?lang=en");
        visitor.answer("accept", true);
        assert_eq!(visitor.browser.evaluate("fetch('/earlier').then(it => it.status)"), 200);
        assert_eq!(visitor.held(), all, "{name}");
        // What is prohibited is not read even by the consent of before.
        let sent = ["_fbp no", "_ga yes", "_gcl_au no", "_hjid yes"];
        assert_eq!(visitor.sent(), sent, "{name}");

        visitor.answer("refuse", false);
        for path in PAGES {
            visitor.open(path);
        }
        assert_eq!(visitor.held(), [""; 0], "{name}: the jar");
        let own = ["__Host-cookie_sweep", "cookie_consent"];
        for cookie in visitor.browser.cookies() {
            assert!(own.iter().any(|own| own.as_bytes() == cookie.name), "{name}: {cookie:?}");
        }
        visitor.browser.evaluate("document.cookie = '_ga=script; Path=/; Secure'");
        assert!(visitor.sent().contains(&"_ga no".to_owned()), "{name}: {:?}", visitor.sent());
    }
    let fresh = visitor::Browser::new(front.site.url());
    for cache in [&front.nginx, &front.varnish] {
        let other = visitor::Browser::new(&format!("http://{}", cache.address()));
        for path in PAGES {
            let (other, fresh) = (other.get(path).await, fresh.get(path).await);
            let name = cache.name();
            assert_eq!(other.body, fresh.body, "{name}: {path} was made for another visitor");
            assert!(!other.set_cookies().concat().contains("earlier"), "{name}: {path}");
        }
    }
    let kept = front.nginx.files();
    let holds = |file: &&Vec<u8>| file.windows(7).any(|bytes| bytes == b"earlier");
    assert_eq!(kept.iter().filter(holds).count(), 0, "of {} files", kept.len());
}
