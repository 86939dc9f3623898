//! `semrel-wasm-tool bindgen MODULE.wasm FOLDER NAME` writes `NAME.js` and `NAME.wasm`;
//! `semrel-wasm-tool packs PACK FOLDER` writes `full.semrel` and, without the models,
//! `lexicon.semrel`.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use semrel::PackBuilder;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["bindgen", module, folder, name] => bindgen(module, Path::new(folder), name),
        ["packs", pack, folder] => packs(pack, Path::new(folder)),
        _ => Err("usage: semrel-wasm-tool bindgen MODULE FOLDER NAME | packs PACK FOLDER".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What wasm-bindgen makes holds one instance per JavaScript module. As a function it holds one per
/// call, so that a page can have several, and drop one that failed.
fn bindgen(module: &str, folder: &Path, name: &str) -> Result<(), Box<dyn Error>> {
    let mut output = Bindgen::new()
        .input_path(module)
        .no_modules(true)?
        // A name that is in module and script: the same for all, so that one script can serve two modules.
        .out_name("semrel")
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()?;
    let script = format!(
        "// Made by wasm-bindgen; see wasm/tool. A fresh instance of the module per call.\n\
         export default function bindings() {{\n{}return wasm_bindgen;\n}}\n",
        output.js()
    );
    fs::create_dir_all(folder)?;
    fs::write(folder.join(format!("{name}.js")), script)?;
    fs::write(
        folder.join(format!("{name}.wasm")),
        output.wasm_mut().emit_wasm(),
    )?;
    Ok(())
}

fn packs(pack: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    let full = PackBuilder::from_folder(pack)?;
    fs::create_dir_all(folder)?;
    fs::write(folder.join("full.semrel"), full.to_bytes()?)?;
    let lexicon = full.without_model();
    fs::write(folder.join("lexicon.semrel"), lexicon.to_bytes()?)?;
    Ok(())
}
