//! quick timing
use semrel::*;
use std::time::Instant;
fn main() {
    let t = Instant::now();
    let s = Semrel::turkish().unwrap();
    let a = s.relation("alıcı", "satıcı").unwrap().unwrap().relation;
    println!("open+first {:?} {a}", t.elapsed());
    let pairs: Vec<(String, String)> = s
        .lexicon()
        .terms()
        .flat_map(|t| {
            t.postings()
                .map(move |p| (t.text().to_owned(), p.target))
                .take(2)
        })
        .map(|(a, id)| (a, s.lexicon().term(id).unwrap().text().to_owned()))
        .collect();
    let n = pairs.len();
    for _ in 0..3 {
        let t = Instant::now();
        let mut k = 0;
        for (a, b) in &pairs {
            k += s.relation(a, b).unwrap().is_some() as usize;
        }
        println!(
            "relation {} ns ({k}/{n})",
            t.elapsed().as_nanos() as usize / n
        );
        let t = Instant::now();
        let o = ExpandOptions::default();
        let mut k = 0;
        for (a, _) in &pairs {
            k += s.expand(a, &o).unwrap().len();
        }
        println!("expand {} ns ({k})", t.elapsed().as_nanos() as usize / n);
        let t = Instant::now();
        let mut k = 0;
        for (a, _) in &pairs {
            k += s.lexicon().lookup(a).count();
        }
        println!("lookup {} ns ({k})", t.elapsed().as_nanos() as usize / n);
        let t = Instant::now();
        let mut k = 0;
        for (a, _) in &pairs {
            k += text::normal_form(a).len();
        }
        println!("normal {} ns ({k})", t.elapsed().as_nanos() as usize / n);
    }
    let t = Instant::now();
    let b = std::fs::read("models/tr/lexicon.bin").unwrap();
    println!("read {:?}", t.elapsed());
    let t = Instant::now();
    let l = Lexicon::from_bytes(b).unwrap();
    println!("from_bytes {:?} {}", t.elapsed(), l.len());
}
