//! Script and style, under names that change with what is in them.

/// A file that is compiled into the program.
#[derive(Debug)]
pub(super) struct Asset {
    pub(super) content: &'static str,
    pub(super) content_type: &'static str,
    extension: &'static str,
    hash: u64,
}

impl Asset {
    const fn new(
        content: &'static str,
        content_type: &'static str,
        extension: &'static str,
    ) -> Self {
        Asset { content, content_type, extension, hash: fnv_1a(content.as_bytes()) }
    }

    /// Returns its name: `consent-0123456789abcdef.js`.
    pub(super) fn name(&self) -> String {
        format!("{PREFIX}{:016x}.{}", self.hash, self.extension)
    }

    /// Returns its path, below that of the service.
    pub(super) fn address(&self, base: &str) -> String {
        format!("{base}/{}", self.name())
    }
}

const PREFIX: &str = "consent-";

/// The script, without which the pages work all the same.
pub(super) static SCRIPT: Asset =
    Asset::new(include_str!("script.js"), "text/javascript; charset=utf-8", "js");

/// The style of all pages.
pub(super) static STYLE: Asset =
    Asset::new(include_str!("style.css"), "text/css; charset=utf-8", "css");

/// Returns the asset that a name stands for, and whether it is the one of that very content.
///
/// A page from before an update asks for the old name. It gets what there is now, which must not be
/// kept under that name.
pub(super) fn find(name: &str) -> Option<(&'static Asset, bool)> {
    let (hash, extension) = name.strip_prefix(PREFIX)?.split_once('.')?;
    if hash.len() != 16 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let asset = [&SCRIPT, &STYLE].into_iter().find(|asset| asset.extension == extension)?;
    Some((asset, asset.name() == name))
}

/// Returns the 64-bit hash FNV-1a: it only has to differ where the content does, and to be the same on every
/// machine of a site.
const fn fnv_1a(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut index = 0;
    while index < bytes.len() {
        hash ^= bytes[index] as u64;
        hash = u64::wrapping_mul(hash, 0x0000_0100_0000_01b3);
        index += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// It is to have less than 4,096 bytes compressed; it has them as it is.
    #[test]
    fn the_script_is_small_and_asks_nobody_else() {
        assert!(SCRIPT.content.len() < 4_096, "{} bytes", SCRIPT.content.len());
        for asset in [&SCRIPT, &STYLE] {
            for foreign in ["http:", "https:", "url(", "@import", "import("] {
                assert!(!asset.content.contains(foreign), "{foreign} in {}", asset.name());
            }
        }
    }

    #[test]
    fn the_guide_lists_the_properties_of_the_style() {
        let listed = |text: &'static str| -> BTreeSet<_> {
            let names = text.split("--tcc-").skip(1);
            let end = |name: &str| name.find(|c: char| !(c.is_alphanumeric() || c == '-'));
            names.filter_map(|name| Some(&name[..end(name)?])).filter(|it| !it.is_empty()).collect()
        };
        let guide = listed(include_str!("../docs/pages.md"));
        assert_eq!(guide, listed(STYLE.content), "left: the guide, right: the style");
        assert!(guide.len() >= 12);
    }

    /// The values that the authors of FNV publish.
    #[test]
    fn the_hash_is_fnv_1a() {
        for (text, want) in [
            ("", 0xcbf2_9ce4_8422_2325),
            ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8),
        ] {
            assert_eq!(fnv_1a(text.as_bytes()), want, "{text:?}");
        }
    }

    #[test]
    fn an_asset_is_found_by_its_name_and_by_an_older_one() {
        for asset in [&SCRIPT, &STYLE] {
            let name = asset.name();
            assert!(find(&name).is_some_and(|(found, current)| current && found.name() == name));
            let older = format!("consent-0000000000000000.{}", asset.extension);
            assert!(find(&older).is_some_and(|(found, current)| !current && found.name() == name));
        }
        for name in
            ["consent-.js", "consent-0.js", "consent-0000000000000000.html", "script.js", ""]
        {
            assert!(find(name).is_none(), "{name}");
        }
    }
}
