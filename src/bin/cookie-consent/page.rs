//! The command `page`, which prints the policy page.

use std::io::Write;

use tower_cookie_consent::pages::Pages;
use tower_cookie_consent::registry::Language;

use crate::Error;
use crate::arguments::Page;
use crate::input;

pub(crate) fn run(arguments: &Page, output: &mut impl Write) -> Result<(), Error> {
    let registry = input::registry(&arguments.registry)?;
    let language = arguments.lang.parse::<Language>()?;
    let pages = Pages::new(registry);
    let pages = match &arguments.texts_in {
        Some(lang) => pages.texts_in(lang),
        None => pages,
    };
    writeln!(output, "{}", pages.policy_document(language))?;
    Ok(())
}
