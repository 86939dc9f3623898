//! What is measured: one list for all programs.

use std::hint::black_box;

use semrel::text::{normal_form, term_form};
use semrel::{ExpandOptions, Pack, Relation, Result, Semrel};

use crate::Fixture;
use crate::facts;
use crate::peers::{Database, Found, HashMapPeer, Known, SqlitePeer};
use crate::questions::{Pair, Questions};

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// This library.
    Semrel,
    /// [`HashMapPeer`].
    HashMap,
    /// [`HashMapPeer`], with `semrel::text::normal_form` before each lookup.
    HashMapNormalized,
    /// [`SqlitePeer`], in memory.
    Sqlite,
}

impl System {
    /// All of them, in the order of the report.
    pub const ALL: [System; 4] = [
        System::Semrel,
        System::HashMap,
        System::HashMapNormalized,
        System::Sqlite,
    ];

    /// Its name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            System::Semrel => "semrel",
            System::HashMap => "HashMap",
            System::HashMapNormalized => "HashMap + normal form",
            System::Sqlite => "SQLite",
        }
    }
}

/// One question asked of one system, many times.
pub struct Case<'a> {
    /// What is asked.
    pub question: &'static str,
    /// Who answers.
    pub system: System,
    /// How many calls one run makes.
    pub calls: usize,
    run: Box<dyn FnMut() + 'a>,
}

impl<'a> Case<'a> {
    fn new<Q, A>(
        question: &'static str,
        system: System,
        inputs: &'a [Q],
        answer: impl Fn(&'a Q) -> A + 'a,
    ) -> Self {
        Case {
            question,
            system,
            calls: inputs.len(),
            run: Box::new(move || {
                for input in inputs {
                    black_box(answer(black_box(input)));
                }
            }),
        }
    }

    /// Makes all calls once, not to be measured: fills caches and what is made at first use.
    pub fn warm_up(&mut self) {
        (self.run)();
    }

    /// Makes all calls once.
    #[inline(never)]
    pub fn run(&mut self) {
        (self.run)();
    }
}

impl std::fmt::Debug for Case<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}", self.question, self.system.as_str())
    }
}

/// What the cases run over.
#[derive(Debug)]
pub struct Subjects<'d> {
    semrel: Semrel,
    hash_map: HashMapPeer,
    sqlite: SqlitePeer<'d>,
    questions: Questions,
    options: ExpandOptions,
    pack: Vec<Vec<u8>>,
    facts: Vec<Vec<u8>>,
    places: Vec<Fixture>,
}

impl<'d> Subjects<'d> {
    /// Opens everything in a fixture; `database` is its [`Fixture::sqlite`].
    ///
    /// # Errors
    ///
    /// Those of its parts.
    pub fn open(place: &Fixture, database: &'d Database) -> Result<Self> {
        let read =
            |path| std::fs::read(path).map_err(|e| semrel::Error::io("cannot read the fixture", e));
        Ok(Subjects {
            semrel: place.semrel()?,
            hash_map: place.hash_map()?,
            sqlite: SqlitePeer::new(database)?,
            questions: place.questions()?,
            options: ExpandOptions::default(),
            pack: vec![read(place.pack_path())?],
            facts: vec![read(place.facts_path())?],
            places: vec![place.clone()],
        })
    }

    /// Cases of microseconds, and of milliseconds for misspelt terms.
    pub fn lookups(&self) -> Vec<Case<'_>> {
        let questions = &self.questions;
        let mut cases = Vec::new();
        self.relations(&mut cases, "relation, related terms", &questions.known);
        self.relations(
            &mut cases,
            "relation, unrelated terms",
            &questions.unrelated,
        );
        self.relations(&mut cases, "relation, one term unknown", &questions.unknown);
        self.relations(&mut cases, "relation, as typed", &questions.typed);
        self.expansions(&mut cases, "expand", &questions.terms);
        self.expansions(&mut cases, "expand, in capitals", &questions.capitals);
        self.only_ours(&mut cases);
        cases
    }

    fn relations<'a>(
        &'a self,
        cases: &mut Vec<Case<'a>>,
        question: &'static str,
        pairs: &'a [Pair],
    ) {
        let plain = is_plain(&pairs[0].0);
        cases.push(Case::new(question, System::Semrel, pairs, |(a, b)| {
            self.semrel.relation(a, b)
        }));
        if plain {
            cases.push(Case::new(question, System::HashMap, pairs, |(a, b)| {
                self.hash_map.relation(a, b)
            }));
        }
        cases.push(Case::new(
            question,
            System::HashMapNormalized,
            pairs,
            |(a, b)| self.normalized_relation(a, b),
        ));
        cases.push(Case::new(question, System::Sqlite, pairs, move |(a, b)| {
            if plain {
                self.sqlite.relation(a, b)
            } else {
                self.sqlite.relation(&term_form(a)?, &term_form(b)?)
            }
        }));
    }

    fn normalized_relation(&self, a: &str, b: &str) -> Result<Option<&Known>> {
        Ok(self.hash_map.relation(&term_form(a)?, &term_form(b)?))
    }

    fn normalized_expansions(&self, term: &str) -> Result<Vec<Found<'_, &str>>> {
        Ok(self.hash_map.expand(&term_form(term)?))
    }

    fn expansions<'a>(
        &'a self,
        cases: &mut Vec<Case<'a>>,
        question: &'static str,
        terms: &'a [String],
    ) {
        let plain = is_plain(&terms[0]);
        cases.push(Case::new(question, System::Semrel, terms, |term| {
            self.semrel.expand(term, &self.options)
        }));
        if plain {
            cases.push(Case::new(question, System::HashMap, terms, |term| {
                self.hash_map.expand(term)
            }));
        }
        cases.push(Case::new(
            question,
            System::HashMapNormalized,
            terms,
            |term| self.normalized_expansions(term),
        ));
        cases.push(Case::new(question, System::Sqlite, terms, move |term| {
            if plain {
                self.sqlite.expand(term)
            } else {
                self.sqlite.expand(&term_form(term)?)
            }
        }));
    }

    /// What the peers do not do.
    fn only_ours<'a>(&'a self, cases: &mut Vec<Case<'a>>) {
        let questions = &self.questions;
        let lexicon = self.semrel.lexicon();
        let ours = System::Semrel;
        cases.extend([
            Case::new("lookup", ours, &questions.terms, move |term| {
                lexicon.lookup(term).next()
            }),
            Case::new("lookup, in capitals", ours, &questions.capitals, move |t| {
                lexicon.lookup(t).next()
            }),
            Case::new("lookup, then gloss", ours, &questions.terms, move |term| {
                lexicon.lookup(term).next().and_then(semrel::Term::gloss)
            }),
            Case::new(
                "prefix, 3 letters, first 10",
                ours,
                &questions.terms,
                move |t| {
                    let beginning = t.char_indices().nth(3).map_or(&**t, |(at, _)| &t[..at]);
                    lexicon.prefix(beginning).take(10).count()
                },
            ),
            Case::new(
                "suggest, one letter wrong",
                ours,
                &questions.misspelt,
                |t| self.semrel.suggest(t, 5),
            ),
            Case::new("fuzzy, one edit", ours, &questions.misspelt, move |term| {
                lexicon.fuzzy(term, 1)
            }),
            Case::new(
                "normal form of a normal form",
                ours,
                &questions.terms,
                |t| normal_form(t),
            ),
            Case::new("normal form of capitals", ours, &questions.capitals, |t| {
                normal_form(t)
            }),
        ]);
    }

    /// From nothing open to the first answer, one call each.
    pub fn openings(&self) -> Vec<Case<'_>> {
        let (a, b) = &self.questions.known[0];
        let question = "open to first answer";
        vec![
            Case::new(question, System::Semrel, &self.pack, |pack| {
                ask_semrel(Pack::from_bytes(pack.clone()), a, b)
            }),
            Case::new(question, System::HashMap, &self.facts, |facts| {
                ask_hash_map(HashMapPeer::new(facts::read(facts.as_slice())), a, b)
            }),
            Case::new(question, System::Sqlite, &self.places, |place| {
                ask_sqlite(Database::open(&place.sqlite_path()), a, b)
            }),
            Case::new(
                "open the embedded pack to first answer",
                System::Semrel,
                &self.pack,
                |_| ask_semrel(Pack::turkish(), a, b),
            ),
        ]
    }
}

fn ask_semrel(pack: Result<Pack>, a: &str, b: &str) -> Result<Option<Relation>> {
    let semrel = Semrel::new(pack?)?;
    Ok(semrel.relation(a, b)?.map(|answer| answer.relation))
}

fn ask_hash_map(map: Result<HashMapPeer>, a: &str, b: &str) -> Result<Option<Relation>> {
    Ok(map?.relation(a, b).map(|known| known.relation))
}

fn ask_sqlite(database: Result<Database>, a: &str, b: &str) -> Result<Option<Relation>> {
    let database = database?;
    let sqlite = SqlitePeer::new(&database)?;
    Ok(sqlite.relation(a, b)?.map(|found| found.0))
}

fn is_plain(text: &str) -> bool {
    normal_form(text) == text
}
