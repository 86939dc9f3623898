//! What engines get: snapshots, and a checker of Lucene's grammar.

use semrel::rewrite::{DefaultOperator, Forms, RewriteOptions};

use crate::law;

pub(crate) mod lucene {
    //! A strict reader of the grammar of Lucene's classic query parser
    //! (`QueryParser.jj`, Lucene 9): panics at anything that the parser would refuse.

    pub(crate) fn check(query: &str) {
        if query.is_empty() {
            return;
        }
        let mut reader = Reader {
            chars: query.chars().collect(),
            at: 0,
            query,
        };
        reader.query(0);
        assert_eq!(
            reader.at,
            reader.chars.len(),
            "more behind the end: {query}"
        );
    }

    struct Reader<'a> {
        chars: Vec<char>,
        at: usize,
        query: &'a str,
    }

    impl Reader<'_> {
        fn fail(&self, what: &str) -> ! {
            panic!("{what} at {} of {}", self.at, self.query)
        }

        fn peek(&self) -> Option<char> {
            self.chars.get(self.at).copied()
        }

        fn eat(&mut self, c: char) -> bool {
            let eats = self.peek() == Some(c);
            self.at += usize::from(eats);
            eats
        }

        fn blanks(&mut self) {
            while self.peek().is_some_and(char::is_whitespace) {
                self.at += 1;
            }
        }

        fn keyword(&mut self, word: &str) -> bool {
            let end = self.at + word.chars().count();
            let follows = self
                .chars
                .get(end)
                .is_none_or(|c| c.is_whitespace() || "()\"".contains(*c));
            let is = self
                .chars
                .get(self.at..end)
                .is_some_and(|c| c.iter().collect::<String>() == word);
            if is && follows {
                self.at = end;
            }
            is && follows
        }

        /// Clauses, with a conjunction between some; at least one.
        fn query(&mut self, depth: usize) {
            assert!(depth < 100, "too deep");
            self.blanks();
            let mut clauses = 0;
            loop {
                self.blanks();
                match self.peek() {
                    None => break,
                    Some(')') if depth > 0 => break,
                    _ => {}
                }
                let conjunction = self.keyword("AND") || self.keyword("OR");
                if conjunction && clauses == 0 {
                    self.fail("an operator without an operand");
                }
                self.blanks();
                let negated = self.keyword("NOT");
                self.blanks();
                if !negated && !self.eat('+') {
                    self.eat('-');
                }
                self.clause(depth);
                clauses += 1;
            }
            if clauses == 0 {
                self.fail("no clause");
            }
        }

        fn clause(&mut self, depth: usize) {
            match self.peek() {
                Some('(') => {
                    self.at += 1;
                    self.query(depth + 1);
                    self.blanks();
                    if !self.eat(')') {
                        self.fail("unclosed parenthesis");
                    }
                }
                Some('"') => {
                    self.at += 1;
                    self.until('"');
                    if self.eat('~') {
                        self.number();
                    }
                }
                Some('/') => {
                    self.at += 1;
                    self.until('/');
                }
                Some('[' | '{') => self.range(),
                Some(_) => {
                    if self.term() && self.eat(':') {
                        return self.clause(depth);
                    }
                    if self.eat('~') {
                        self.number();
                    }
                }
                None => self.fail("a clause is missing"),
            }
            if self.eat('^') {
                self.number();
            }
        }

        fn until(&mut self, end: char) {
            loop {
                match self.peek() {
                    None => self.fail("no end"),
                    Some('\\') => self.at += 2,
                    Some(c) => {
                        self.at += 1;
                        if c == end {
                            return;
                        }
                    }
                }
            }
        }

        fn range(&mut self) {
            self.at += 1;
            self.bound();
            if !self.chars[self.at..].starts_with(&[' ', 'T', 'O', ' ']) {
                self.fail("no TO");
            }
            self.at += 4;
            self.bound();
            if !self.eat(']') && !self.eat('}') {
                self.fail("unclosed range");
            }
        }

        fn bound(&mut self) {
            if self.eat('"') {
                self.until('"');
            } else if !self.eat('*') {
                self.fail("no bound");
            }
        }

        fn number(&mut self) {
            let start = self.at;
            while self.peek().is_some_and(|c| c.is_ascii_digit() || c == '.') {
                self.at += 1;
            }
            let text: String = self.chars[start..self.at].iter().collect();
            if text.parse::<f32>().is_err() {
                self.fail("no number");
            }
        }

        /// A word; returns whether it may be a field.
        fn term(&mut self) -> bool {
            if self.chars[self.at..].starts_with(&['*', ':', '*']) {
                self.at += 3;
                return false;
            }
            let start = self.at;
            while let Some(c) = self.peek() {
                match c {
                    '\\' => {
                        let Some(next) = self.chars.get(self.at + 1) else {
                            self.fail("nothing escaped");
                        };
                        if *next == 'u' {
                            self.fail("a Unicode escape");
                        }
                        self.at += 2;
                    }
                    c if c.is_whitespace() => break,
                    // Inside a word these are letters.
                    '+' | '-' if self.at > start => self.at += 1,
                    '+' | '-' | '!' | '(' | ')' | ':' | '^' | '[' | ']' | '"' | '{' | '}' | '~'
                    | '/' => break,
                    // Lucene takes these inside a word, after escaping they are never left.
                    '&' | '|' | '=' | '<' | '>' => self.fail("an unescaped operator"),
                    _ => self.at += 1,
                }
            }
            let text: String = self.chars[start..self.at].iter().collect();
            if text.is_empty() {
                self.fail("an empty word");
            }
            if matches!(text.as_str(), "AND" | "OR" | "NOT") {
                self.fail("an operator as a word");
            }
            true
        }
    }

    #[test]
    fn the_checker_refuses_what_lucene_refuses() {
        for good in [
            "a",
            "+a -b",
            "(a OR b^0.5) AND \"c d\"~2",
            "f:(a b)",
            "*:* -a",
            "[\"a\" TO *]",
        ] {
            check(good);
        }
        for bad in [
            "(", "a)", "AND", "a AND", "\"a", "a^", "f:", "()", "a:b:c:", "a && b", "+ ",
        ] {
            assert!(std::panic::catch_unwind(|| check(bad)).is_err(), "{bad}");
        }
    }
}

/// Every engine's rendering of a few queries. Written by hand, changed by hand.
#[test]
fn snapshots() {
    let semrel = law();
    let mut options = RewriteOptions::default();
    options.forms = Forms::Lemma;
    let mut snapshot = String::new();
    for query in [
        "kiracının tahliyesi",
        "kira sözleşmesi +fesih -depozito",
        "\"saklı pay\"~2 AND (kiracı OR vasiyet*)^2",
        "TMK md. 166/1 konu:kiracı yıl:[2019 TO 2021}",
        "a\\:b \"it's\" -\\\"x\\\" OR kiracı~1",
        "-kiracı",
        "( \" AND",
    ] {
        let rewrite = semrel.rewrite(query, &options).unwrap();
        snapshot += &format!(
            "{query}\n  lucene        {}\n  solr          {}\n  tantivy       {}\n  fts5          {}\n  tsquery       {}\n  plain         {}\n  elasticsearch {}\n\n",
            rewrite.to_lucene(),
            rewrite.to_solr(),
            rewrite.to_tantivy_syntax(),
            rewrite.to_fts5(),
            rewrite.to_tsquery(),
            rewrite.to_plain(),
            rewrite.to_elasticsearch(),
        );
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rewrite/snapshots.txt");
    if std::env::var_os("SEMREL_UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(path, &snapshot).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(
        snapshot, committed,
        "rendered queries changed; read them, then SEMREL_UPDATE_SNAPSHOTS=1 cargo test"
    );
}

#[test]
fn fields_of_the_index() {
    let semrel = law();
    let mut options = RewriteOptions::default();
    options.forms = Forms::Lemma;
    options.fields = vec!["konu".to_owned(), "metin".to_owned()];
    let rewrite = semrel.rewrite("kiracı", &options).unwrap();
    assert_eq!(
        rewrite.to_fts5(),
        r#"{"konu" "metin"} : ("kiracı" OR "müstecir")"#
    );
    let json = rewrite.to_elasticsearch();
    assert!(json.contains(r#""fields":["konu","metin"]"#), "{json}");
    let rewrite = semrel.rewrite("konu:kiracı not:x", &options).unwrap();
    assert_eq!(
        rewrite.to_fts5(),
        r#""konu" : ("kiracı" OR "müstecir") AND "not:x""#
    );
    assert_eq!(
        rewrite.to_tantivy_syntax(),
        r#"+konu:("kiracı" OR "müstecir"^0.85) +"not:x""#
    );
}

#[test]
fn the_default_operator_is_spelled_out_where_needed() {
    let semrel = law();
    let mut options = RewriteOptions::default();
    options.forms = Forms::Lemma;
    options.default_operator = DefaultOperator::Or;
    let rewrite = semrel
        .rewrite("kiracı depo +tapu -kefil", &options)
        .unwrap();
    assert_eq!(
        rewrite.to_solr(),
        "(kiracı OR müstecir^0.85) depo +tapu -kefil"
    );
    // Only "tapu" restricts the search; engines without ranking by optional words drop them.
    assert_eq!(rewrite.to_fts5(), r#""tapu" NOT "kefil""#);
    let rewrite = semrel.rewrite("kiracı depo", &options).unwrap();
    assert_eq!(rewrite.to_tsquery(), "('kiracı' | 'müstecir') | 'depo'");
}

#[test]
fn words_in_turkish_lower_case_if_asked() {
    let mut options = RewriteOptions::default();
    options.forms = Forms::Lemma;
    options.fold_case = true;
    let rewrite = law()
        .rewrite("TBK'nın IŞIĞI \"İLK Il\" İli*", &options)
        .unwrap();
    assert_eq!(
        rewrite.to_fts5(),
        r#"("tbk'nın" OR "türk borçlar kanunu") AND "ışığı" AND "ilk ıl" AND "ili"*"#
    );
}
