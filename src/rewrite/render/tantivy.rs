//! tantivy: the query itself, not text (feature `tantivy`).

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery,
    Occur as TantivyOccur, PhraseQuery, Query, RangeQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, FieldType, IndexRecordOption, Schema};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{DateTime, Index, Term};

use crate::error::{Error, Result};
use crate::rewrite::options::DefaultOperator;
use crate::rewrite::query::{Bound, Clause, Node, Occur, Operator, Piece};
use crate::rewrite::{Rewrite, RewriteOptions};

type Boxed = Box<dyn Query>;

impl Rewrite {
    /// A query for a tantivy index (feature `tantivy`). Words that name no field are searched in
    /// `fields`, which must be indexed text; fields that the query names are looked up in the
    /// schema, and unknown ones read as `fields`.
    ///
    /// Every word goes through the tokenizer of its field, as documents did. An original and its
    /// alternatives are a disjunction maximum: the best of them counts, not their number.
    ///
    /// ```
    /// # #[cfg(all(feature = "tr", feature = "tantivy"))] {
    /// use semrel::{RewriteOptions, Semrel};
    /// use tantivy::collector::Count;
    /// use tantivy::schema::{Schema, TEXT};
    /// use tantivy::{Index, IndexWriter, doc};
    ///
    /// let mut schema = Schema::builder();
    /// let text = schema.add_text_field("metin", TEXT);
    /// let index = Index::create_in_ram(schema.build());
    /// let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000)?;
    /// writer.add_document(doc!(text => "Mahfuz hisse ihlal edilmiştir."))?;
    /// writer.commit()?;
    ///
    /// let rewrite = Semrel::turkish()?.rewrite("saklı pay", &RewriteOptions::default())?;
    /// let query = rewrite.to_tantivy(&index, &[text])?;
    /// assert_eq!(index.reader()?.searcher().search(&query, &Count)?, 1);
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `InvalidInput` if one of `fields` is no indexed text, or its tokenizer is not registered.
    pub fn to_tantivy(&self, index: &Index, fields: &[Field]) -> Result<Box<dyn Query>> {
        for &field in fields {
            Target::open(index, field).map_err(Error::invalid)?;
        }
        let builder = Builder {
            index,
            schema: index.schema(),
            options: &self.options,
        };
        let root = match self.query.root() {
            None => None,
            Some(root) => builder.group(Operator::And, std::slice::from_ref(root), fields),
        };
        Ok(root.unwrap_or_else(|| Box::new(EmptyQuery)))
    }
}

/// An indexed text field.
struct Target {
    field: Field,
    tokenizer: TextAnalyzer,
    positions: bool,
}

impl Target {
    fn open(index: &Index, field: Field) -> std::result::Result<Self, String> {
        let schema = index.schema();
        let entry = schema.get_field_entry(field);
        let FieldType::Str(options) = entry.field_type() else {
            return Err(format!("{:?} is no text field", entry.name()));
        };
        let positions = options
            .get_indexing_options()
            .is_some_and(|options| options.index_option().has_positions());
        Ok(Target {
            field,
            tokenizer: index
                .tokenizer_for_field(field)
                .map_err(|e| e.to_string())?,
            positions,
        })
    }

    fn terms(&mut self, text: &str) -> Vec<(usize, Term)> {
        let mut terms = Vec::new();
        self.tokenizer.token_stream(text).process(&mut |token| {
            terms.push((
                token.position,
                Term::from_field_text(self.field, &token.text),
            ));
        });
        terms
    }

    /// `None` if the tokenizer leaves nothing of the text.
    fn text(&mut self, text: &str, slop: u32) -> Option<Boxed> {
        let mut terms = self.terms(text);
        // A word over tantivy's limit is in no index.
        match terms.len() {
            0 => None,
            1 => Some(word(terms.swap_remove(0).1)),
            _ if self.positions => {
                Some(Box::new(PhraseQuery::new_with_offset_and_slop(terms, slop)))
            }
            _ => Some(Box::new(BooleanQuery::intersection(
                terms.into_iter().map(|(_, term)| word(term)).collect(),
            ))),
        }
    }
}

fn word(term: Term) -> Boxed {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

struct Builder<'a> {
    index: &'a Index,
    schema: Schema,
    options: &'a RewriteOptions,
}

impl Builder<'_> {
    fn clause(&self, clause: &Clause, fields: &[Field]) -> Option<Boxed> {
        let own = clause
            .field
            .as_deref()
            .and_then(|name| self.schema.get_field(name).ok())
            .filter(|field| self.schema.get_field_entry(*field).is_indexed());
        let own = own.as_ref().map(std::slice::from_ref);
        let query = self.node(&clause.node, own.unwrap_or(fields))?;
        Some(match clause.boost {
            Some(boost) => Box::new(BoostQuery::new(query, boost)),
            None => query,
        })
    }

    fn node(&self, node: &Node, fields: &[Field]) -> Option<Boxed> {
        match node {
            Node::Word(word) => self.any_field(fields, |field| self.text(field, &word.text, 0)),
            Node::Phrase { text, slop } => {
                self.any_field(fields, |field| self.text(field, text, slop.unwrap_or(0)))
            }
            Node::Wildcard(pieces) => self.any_field(fields, |field| {
                self.pattern(field, &self.wildcard(field, pieces))
            }),
            Node::Regex(pattern) => self.any_field(fields, |field| self.pattern(field, pattern)),
            Node::Fuzzy { text, edits } => self.any_field(fields, |field| {
                let (_, term) = Target::open(self.index, field).ok()?.terms(text).pop()?;
                Some(Box::new(FuzzyTermQuery::new(term, *edits, true)))
            }),
            Node::Range { lower, upper } => self.any_field(fields, |field| {
                let lower = self.bound(field, lower)?;
                let upper = self.bound(field, upper)?;
                if let (std::ops::Bound::Unbounded, std::ops::Bound::Unbounded) = (&lower, &upper) {
                    return Some(Box::new(AllQuery));
                }
                Some(Box::new(RangeQuery::new(lower, upper)))
            }),
            Node::All => Some(Box::new(AllQuery)),
            Node::Group { operator, clauses } => self.group(*operator, clauses, fields),
            Node::Widened {
                original,
                alternatives,
            } => {
                let mut choices: Vec<Boxed> = self.clause(original, fields).into_iter().collect();
                for alternative in alternatives {
                    let query =
                        self.any_field(fields, |field| self.text(field, &alternative.text, 0));
                    choices.extend(query.map(|query| {
                        Box::new(BoostQuery::new(query, alternative.weight)) as Boxed
                    }));
                }
                best_of(choices)
            }
        }
    }

    fn any_field(&self, fields: &[Field], query: impl Fn(Field) -> Option<Boxed>) -> Option<Boxed> {
        best_of(fields.iter().filter_map(|&field| query(field)).collect())
    }

    fn text(&self, field: Field, text: &str, slop: u32) -> Option<Boxed> {
        if let Ok(mut target) = Target::open(self.index, field) {
            return target.text(text, slop);
        }
        // A number or date that the query names by its field.
        self.value(field, text).map(word)
    }

    fn pattern(&self, field: Field, pattern: &str) -> Option<Boxed> {
        Target::open(self.index, field).ok()?;
        RegexQuery::from_pattern(pattern, field)
            .ok()
            .map(|query| Box::new(query) as Boxed)
    }

    /// A wildcard word as a regular expression, its letters as the field's tokenizer has them.
    fn wildcard(&self, field: Field, pieces: &[Piece]) -> String {
        let mut pattern = String::new();
        for piece in pieces {
            match piece {
                Piece::Many => pattern.push_str(".*"),
                Piece::One => pattern.push('.'),
                Piece::Text(text) => {
                    let lower = text.to_lowercase();
                    let token = Target::open(self.index, field).ok().and_then(|mut target| {
                        let mut tokens = Vec::new();
                        target
                            .tokenizer
                            .token_stream(text)
                            .process(&mut |token| tokens.push(token.text.clone()));
                        // A stemmer would cut the beginning of a word short.
                        tokens.pop().filter(|t| {
                            tokens.is_empty() && t.chars().count() == text.chars().count()
                        })
                    });
                    for c in token.unwrap_or(lower).chars() {
                        if !c.is_alphanumeric() {
                            pattern.push('\\');
                        }
                        pattern.push(c);
                    }
                }
            }
        }
        pattern
    }

    fn bound(&self, field: Field, bound: &Bound) -> Option<std::ops::Bound<Term>> {
        Some(match bound {
            Bound::Open => std::ops::Bound::Unbounded,
            Bound::Included(value) => std::ops::Bound::Included(self.value(field, value)?),
            Bound::Excluded(value) => std::ops::Bound::Excluded(self.value(field, value)?),
        })
    }

    /// A value of the field's type; `None` if the text is none.
    fn value(&self, field: Field, text: &str) -> Option<Term> {
        Some(match self.schema.get_field_entry(field).field_type() {
            FieldType::Str(_) => Term::from_field_text(field, text),
            FieldType::U64(_) => Term::from_field_u64(field, text.parse().ok()?),
            FieldType::I64(_) => Term::from_field_i64(field, text.parse().ok()?),
            FieldType::F64(_) => Term::from_field_f64(field, text.parse().ok()?),
            FieldType::Bool(_) => Term::from_field_bool(field, text.parse().ok()?),
            FieldType::Date(_) => Term::from_field_date_for_search(field, date(text)?),
            _ => return None,
        })
    }

    fn group(&self, operator: Operator, clauses: &[Clause], fields: &[Field]) -> Option<Boxed> {
        let all = match operator {
            Operator::And => true,
            Operator::Or => false,
            Operator::Implicit => self.options.default_operator == DefaultOperator::And,
        };
        let mut parts: Vec<(TantivyOccur, Boxed)> = Vec::new();
        for clause in clauses {
            let occur = match clause.occur {
                Occur::MustNot => TantivyOccur::MustNot,
                Occur::Must => TantivyOccur::Must,
                Occur::Plain if all => TantivyOccur::Must,
                Occur::Plain => TantivyOccur::Should,
            };
            // What the tokenizer leaves nothing of does not restrict the search.
            parts.extend(self.clause(clause, fields).map(|query| (occur, query)));
        }
        if parts
            .iter()
            .all(|(occur, _)| *occur == TantivyOccur::MustNot)
        {
            if parts.is_empty() {
                return None;
            }
            parts.push((TantivyOccur::Must, Box::new(AllQuery)));
        }
        if parts.len() == 1 {
            return parts.pop().map(|(_, query)| query);
        }
        Some(Box::new(BooleanQuery::new(parts)))
    }
}

fn best_of(mut choices: Vec<Boxed>) -> Option<Boxed> {
    if choices.len() < 2 {
        return choices.pop();
    }
    Some(Box::new(DisjunctionMaxQuery::new(choices)))
}

/// `2019-03-12`, `12.03.2019`, `2019`: the first moment of that day or year.
fn date(text: &str) -> Option<DateTime> {
    let numbers: Vec<i64> = text
        .split(['-', '.', '/'])
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let (year, month, day) = match numbers.as_slice() {
        [year] => (*year, 1, 1),
        [day, month, year] if *year > 31 => (*year, *month, *day),
        [year, month, day] => (*year, *month, *day),
        _ => return None,
    };
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(1678..=2262).contains(&year) {
        return None;
    }
    // Days from civil, H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    Some(DateTime::from_timestamp_secs(days * 86_400))
}

#[cfg(test)]
mod tests {
    use super::{DateTime, date};

    #[test]
    fn dates_are_read_in_either_order() {
        let seconds = |text| date(text).map(DateTime::into_timestamp_secs);
        assert_eq!(seconds("1970-01-02"), Some(86_400));
        assert_eq!(seconds("02.01.1970"), Some(86_400));
        assert_eq!(seconds("2000"), Some(946_684_800));
        assert_eq!(seconds("2024-02-29"), Some(1_709_164_800));
        assert_eq!(seconds("kira"), None);
        assert_eq!(seconds("2000-13-01"), None);
    }
}
