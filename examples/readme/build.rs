//! Extracts the registry and the code of the first app from the README.

use std::path::Path;
use std::{env, fs};

/// Returns the first block of this language below the heading "Use it".
fn block<'a>(readme: &'a str, language: &str) -> &'a str {
    let (_, below) = readme.split_once("\n## Use it\n").expect("a heading");
    let (_, block) = below.split_once(&format!("\n```{language}\n")).expect("a block");
    block.split_once("\n```\n").expect("its end").0
}

/// Returns the code without its `main`, which listens on a fixed port.
fn without_main(code: &str) -> String {
    let (before, main) = code.split_once("\n#[tokio::main]\n").expect("a main function");
    let (_, after) = main.split_once("\n}\n").expect("its end");
    [before, after].concat()
}

fn main() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    println!("cargo::rerun-if-changed={}", readme.display());
    let readme = fs::read_to_string(readme).expect("the README");
    let out = env::var_os("OUT_DIR").expect("cargo says where to write");
    let out = Path::new(&out);
    fs::write(out.join("cookies.toml"), block(&readme, "toml")).expect("the registry");
    fs::write(out.join("app.rs"), without_main(block(&readme, "rust,no_run"))).expect("the code");
}
