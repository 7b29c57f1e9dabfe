//! The settings, from the configuration file and from the command line, which overrides it.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use http::uri::Scheme;
use ipnet::IpNet;
use serving::{LoadError, read};

use crate::arguments::Arguments;
use crate::config::{AccessLogTarget, Config, Tls, Upstream};
use crate::limits::Limits;
use crate::route::{PathPrefix, Route};

/// The address to which visitors connect by default.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 3000);
/// The path at which a load balancer asks if it may send visitors here.
const HEALTH: &str = "/-/health";

/// The settings of a gateway, after all checks. Paths are as seen from the working directory.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) registry: PathBuf,
    pub(crate) config: Option<PathBuf>,
    pub(crate) listen: SocketAddr,
    pub(crate) admin: Option<SocketAddr>,
    pub(crate) health: PathPrefix,
    pub(crate) report_only: bool,
    pub(crate) draft: Option<PathBuf>,
    pub(crate) pages: Option<PathPrefix>,
    pub(crate) access_log: AccessLogTarget,
    pub(crate) trusted_proxies: Vec<IpNet>,
    pub(crate) tls: Option<Tls>,
    pub(crate) limits: Limits,
    /// There is at least one. They are in the order in which they are tried.
    pub(crate) upstreams: Vec<Upstream>,
}

impl Settings {
    /// Reads the file that the arguments name, which override it.
    pub(crate) fn load(arguments: &Arguments) -> Result<Self, LoadError> {
        match &arguments.config {
            None => Settings::checked(arguments, Config::default(), ""),
            Some(path) => {
                let text = read(path)?;
                let in_file = |problem| LoadError::file(path, problem);
                let config = Config::parse(&text).map_err(|error| in_file(error.to_string()))?;
                let config = config.in_folder(path.parent().unwrap_or(Path::new("")));
                Settings::checked(arguments, config, &text)
            }
        }
    }

    fn checked(arguments: &Arguments, file: Config, text: &str) -> Result<Self, LoadError> {
        let config = arguments.config.clone();
        let in_file = |at: usize, problem: &str| {
            let path = arguments.config.as_deref().unwrap_or(Path::new("the command line"));
            LoadError::at(path, text, at, problem)
        };
        let mut upstreams: Vec<Upstream> = Vec::new();
        for upstream in file.upstream {
            let start = upstream.span().start;
            let upstream = upstream.into_inner();
            if let Some(other) = upstreams.iter().find(|other| other.route() == upstream.route()) {
                let problem = format!(
                    "{} goes to {} already; give this one another host or path",
                    upstream.route(),
                    other.to,
                );
                return Err(in_file(start, &problem));
            }
            upstreams.push(upstream);
        }
        if let Some(to) = &arguments.to {
            upstreams.retain(|upstream| upstream.route() != Route::default());
            upstreams.push(Upstream::all_to(to.clone()));
        }
        if upstreams.is_empty() {
            return Err(needs("an upstream: give --to, or [[upstream]] in the file"));
        }
        upstreams.sort_by_key(|upstream| upstream.route().order());
        let limits = match file.limits {
            None => Limits::default(),
            Some(limits) => {
                let start = limits.span().start;
                let limits = limits.into_inner();
                if !limits.outlast_answers() {
                    let problem = "idle-seconds must be more than answer-seconds, or visitors are \
                                   cut off while an upstream thinks";
                    return Err(in_file(start, problem));
                }
                limits
            }
        };
        let registry = arguments.registry.clone().or(file.registry).ok_or_else(|| {
            needs("a registry: give its file as the first argument, or registry in the file")
        })?;
        let draft = arguments.draft.clone().or(file.draft);
        if draft.as_ref() == Some(&registry) {
            return Err(needs(
                "another file for the draft, which would replace the registry before anybody has read it",
            ));
        }
        let pages = arguments.pages.clone().or(file.pages);
        if pages.as_ref().is_some_and(|pages| pages.covers("/")) {
            return Err(needs("a path of their own for the pages, such as /cookies"));
        }
        Ok(Settings {
            registry,
            config,
            listen: arguments.listen.or(file.listen).unwrap_or(LISTEN),
            admin: arguments.admin.or(file.admin),
            health: file.health.unwrap_or_else(|| PathPrefix::new(HEALTH)),
            report_only: arguments.report_only || file.report_only,
            draft,
            pages,
            access_log: file.access_log.unwrap_or(AccessLogTarget::Stdout),
            trusted_proxies: file.trusted_proxies.into_iter().map(|network| network.0).collect(),
            tls: file.tls,
            limits,
            upstreams,
        })
    }

    /// Returns the files: if one of them changes, the gateway reads all of them again.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Path> {
        let tls = self.tls.iter().flat_map(|tls| [&tls.certificate, &tls.key]);
        let authorities = self.upstreams.iter().filter_map(|upstream| upstream.ca.as_ref());
        let files = [&self.registry].into_iter().chain(&self.config).chain(tls).chain(authorities);
        files.map(PathBuf::as_path)
    }
}

/// The error that something is missing without which the gateway cannot run.
fn needs(what: &str) -> LoadError {
    LoadError::Settings(format!("the gateway needs {what}"))
}

impl Upstream {
    fn all_to(to: crate::origin::Origin) -> Self {
        Upstream { to, host: None, path: PathPrefix::default(), http2: false, ca: None }
    }

    pub(crate) fn route(&self) -> Route {
        Route { host: self.host.clone(), path: self.path.clone() }
    }

    /// Returns `true` if it speaks HTTP/2, or may agree on it over TLS.
    pub(crate) fn may_speak_http2(&self) -> bool {
        self.http2 || self.to.scheme == Scheme::HTTPS
    }
}

impl Config {
    /// Makes the paths relative to the working directory: in the file, they are relative to its own folder.
    fn in_folder(mut self, folder: &Path) -> Self {
        let here = |path: &mut PathBuf| *path = folder.join(&path);
        self.registry.iter_mut().chain(&mut self.draft).for_each(here);
        if let Some(AccessLogTarget::File(path)) = &mut self.access_log {
            here(path);
        }
        if let Some(tls) = &mut self.tls {
            here(&mut tls.certificate);
            here(&mut tls.key);
        }
        self.upstream
            .iter_mut()
            .filter_map(|upstream| upstream.get_mut().ca.as_mut())
            .for_each(here);
        self
    }
}
