//! Answers natively what the module answers in JavaScript: `answers PACK < questions.jsonl`. A question is
//! `{"method":"relation","args":["alıcı","satıcı"]}`, an answer the JSON that JavaScript gets.

use std::error::Error;
use std::io::{self, BufRead, BufWriter, Write};

use semrel::{Pack, Semrel};
use semrel_wasm::answers;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Question {
    method: String,
    args: Vec<Value>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let pack = std::env::args().nth(1).ok_or("usage: answers PACK")?;
    let semrel = Semrel::new(Pack::open(pack)?)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        writeln!(out, "{}", answer(&semrel, &serde_json::from_str(&line?)?)?)?;
    }
    out.flush()?;
    Ok(())
}

fn answer(semrel: &Semrel, Question { method, args }: &Question) -> Result<String, Box<dyn Error>> {
    let text = |at: usize| args.get(at).and_then(Value::as_str).unwrap_or_default();
    let number = |at: usize| args.get(at).and_then(Value::as_u64).unwrap_or_default() as usize;
    Ok(match method.as_str() {
        "relation" => answers::relation(semrel, text(0), text(1))?,
        "relationByModel" => answers::relation_by_model(semrel, text(0), text(1))?,
        "expand" => answers::expand(semrel, text(0), text(1))?,
        "rewrite" => answers::rewrite(semrel, text(0), text(1), text(2))?,
        "segment" => answers::segment(semrel, text(0))?,
        "lookup" => answers::lookup(semrel, text(0))?,
        "prefix" => answers::prefix(semrel, text(0), number(1))?,
        "suggest" => answers::suggest(semrel, text(0), number(1))?,
        "lemma" => answers::lemma(semrel, text(0))?,
        "similar" => answers::similar(semrel, text(0), number(1))?,
        "embed" => serde_json::to_string(&answers::embed(semrel, text(0), None)?)?,
        _ => return Err(format!("there is no method {method}").into()),
    })
}
