//! Runs nginx and Varnish, as Debian packages them.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::left_out::left_out_unless;
use crate::port::free_port;

/// A shared cache in front of a site, stopped when dropped.
pub struct Cache {
    name: &'static str,
    program: Child,
    port: u16,
    folder: PathBuf,
}

static STARTED: AtomicUsize = AtomicUsize::new(0);
static ASKED: AtomicUsize = AtomicUsize::new(0);

impl Cache {
    /// A cache of each kind that is installed.
    pub fn installed(site: &str) -> Vec<Cache> {
        let caches = [Cache::nginx(site), Cache::varnish(site)];
        caches.into_iter().flatten().collect()
    }

    /// Starts nginx in front of a site. It stores responses with status 200 for a minute, unless their
    /// headers say otherwise.
    pub fn nginx(site: &str) -> Option<Cache> {
        Cache::nginx_with(site, "")
    }

    /// Does the same, with more directives in its `server` block.
    pub fn nginx_with(site: &str, directives: &str) -> Option<Cache> {
        let (port, folder) = place();
        let at = folder.display();
        let configuration = format!(
            "daemon off; master_process off; pid {at}/pid; error_log stderr; events {{}}
             http {{
               access_log off;
               client_body_temp_path {at}/body; proxy_temp_path {at}/temp;
               fastcgi_temp_path {at}/f; uwsgi_temp_path {at}/u; scgi_temp_path {at}/s;
               proxy_cache_path {at}/cache keys_zone=pages:1m;
               server {{
                 listen 127.0.0.1:{port};
                 {directives}
                 location / {{
                   proxy_pass http://{site};
                   proxy_cache pages;
                   proxy_cache_valid 200 1m;
                 }}
               }}
             }}"
        );
        let file = folder.join("nginx.conf");
        fs::write(&file, configuration).unwrap();
        let mut command = Command::new(program("nginx"));
        command.arg("-p").arg(&folder).arg("-c").arg(&file).args(["-e", "stderr"]);
        Cache::start("nginx", command, port, folder)
    }

    /// Starts Varnish in front of a site. It looks up every page, whatever cookies a visitor sends, as
    /// the VCL of most sites does. The built-in VCL would pass all those requests, but it decides what
    /// is stored.
    pub fn varnish(site: &str) -> Option<Cache> {
        let (port, folder) = place();
        let (host, site_port) = site.split_once(':').unwrap();
        let vcl = format!(
            "vcl 4.1;
             backend site {{ .host = \"{host}\"; .port = \"{site_port}\"; }}
             sub vcl_recv {{ if (req.method == \"GET\") {{ return (hash); }} }}"
        );
        let file = folder.join("site.vcl");
        fs::write(&file, vcl).unwrap();
        let mut command = Command::new(program("varnishd"));
        command.args(["-F", "-j", "none", "-s", "malloc,16m", "-a"]);
        command.arg(format!("127.0.0.1:{port}")).arg("-f").arg(&file).arg("-n").arg(&folder);
        Cache::start("varnish", command, port, folder)
    }

    fn start(
        name: &'static str,
        mut command: Command,
        port: u16,
        folder: PathBuf,
    ) -> Option<Cache> {
        let spawned =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let Ok(program) = spawned else {
            let _ = fs::remove_dir_all(&folder);
            let consequence = "it is not tested that it keeps no visitor's page";
            let command = "apt install nginx-light varnish";
            left_out_unless("REQUIRE_CACHES", name, consequence, command);
            return None;
        };
        let mut cache = Cache { name, program, port, folder };
        let patience = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = cache.program.try_wait().unwrap();
            assert!(
                ended.is_none() && Instant::now() < patience,
                "{name} does not listen: {ended:?}"
            );
            thread::sleep(Duration::from_millis(20));
        }
        Some(cache)
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Where it listens: host and port.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The files in which nginx keeps pages. Varnish keeps them in memory.
    pub fn files(&self) -> Vec<Vec<u8>> {
        let Ok(entries) = fs::read_dir(self.folder.join("cache")) else { return Vec::new() };
        entries.map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect()
    }

    /// An address of a page that nobody has asked for before.
    pub fn url(&self, variant: &str) -> String {
        let number = ASKED.fetch_add(1, Ordering::Relaxed);
        format!("http://{}/{variant}?{number}", self.address())
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        // It may have ended by itself, which the test will have noticed.
        let _ = self.program.kill();
        let _ = self.program.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A free port, and a folder of its own.
fn place() -> (u16, PathBuf) {
    let port = free_port();
    let number = STARTED.fetch_add(1, Ordering::Relaxed);
    let name = format!("tower-cookie-consent-{}-{number}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(&folder).unwrap();
    (port, folder)
}

/// Debian installs both in a folder that is not in a user's search path.
fn program(name: &str) -> PathBuf {
    let place = Path::new("/usr/sbin").join(name);
    if place.exists() { place } else { name.into() }
}
