//! The settings, from the configuration file and from the command line, which overrides it.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serving::{LoadError, read};

use crate::address::Address;
use crate::arguments::Arguments;
use crate::config::{Config, HostSite};

/// The address to which Envoy connects by default.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 4444);
/// The default time in which exchanges have to end after SIGTERM.
const DRAIN: Duration = Duration::from_secs(30);

/// The settings of a processor, after all checks. Paths are as seen from the working directory.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) registry: PathBuf,
    pub(crate) config: Option<PathBuf>,
    /// There is at least one address.
    pub(crate) listen: Vec<Address>,
    pub(crate) admin: Option<SocketAddr>,
    pub(crate) report_only: bool,
    pub(crate) drain: Duration,
    /// The hosts differ from each other, and are in lower case.
    pub(crate) sites: Vec<HostSite>,
}

impl Settings {
    /// Reads the file that the arguments name, which override it.
    pub(crate) fn load(arguments: &Arguments) -> Result<Self, LoadError> {
        let Some(path) = &arguments.config else {
            return Settings::merged(arguments, Config::default(), Vec::new());
        };
        let text = read(path)?;
        let config = Config::parse(&text).map_err(|error| LoadError::file(path, error))?;
        let mut config = config.in_folder(path.parent().unwrap_or(Path::new("")));
        let mut sites: Vec<HostSite> = Vec::new();
        for site in std::mem::take(&mut config.site) {
            let start = site.span().start;
            let mut site = site.into_inner();
            site.host.make_ascii_lowercase();
            if sites.iter().any(|other| other.host == site.host) {
                let problem = format!("{} has a registry already; remove one", site.host);
                return Err(LoadError::at(path, &text, start, problem));
            }
            sites.push(site);
        }
        Settings::merged(arguments, config, sites)
    }

    fn merged(
        arguments: &Arguments,
        file: Config,
        sites: Vec<HostSite>,
    ) -> Result<Self, LoadError> {
        let said = [&arguments.listen, &file.listen].into_iter().find(|said| !said.is_empty());
        let registry = arguments.registry.clone().or(file.registry).ok_or_else(|| {
            let needs = "the processor needs a registry: give its file as the first argument, or \
                         registry in the configuration";
            LoadError::Settings(needs.to_owned())
        })?;
        Ok(Settings {
            registry,
            config: arguments.config.clone(),
            listen: said.map_or_else(|| vec![Address::Tcp(LISTEN)], Clone::clone),
            admin: arguments.admin.or(file.admin),
            report_only: arguments.report_only || file.report_only,
            drain: file.drain_seconds.map_or(DRAIN, Duration::from_secs),
            sites,
        })
    }

    /// Returns the files: if one of them changes, the processor reads all of them again.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Path> {
        let registries = self.sites.iter().map(|site| &site.registry);
        [&self.registry].into_iter().chain(registries).chain(&self.config).map(PathBuf::as_path)
    }
}

impl Config {
    /// Makes the paths relative to the working directory: in the file, they are relative to its own folder.
    fn in_folder(mut self, folder: &Path) -> Self {
        let here = |path: &mut PathBuf| *path = folder.join(&path);
        self.registry.iter_mut().for_each(here);
        self.site.iter_mut().for_each(|site| here(&mut site.get_mut().registry));
        for address in &mut self.listen {
            if let Address::Unix(path) = address {
                here(path);
            }
        }
        self
    }
}
