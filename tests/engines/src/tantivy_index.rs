//! tantivy.

use semrel::Rewrite;
use tantivy::collector::TopDocs;
use tantivy::query::{Query, QueryParser};
use tantivy::schema::{
    Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{
    Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
};
use tantivy::{Index, IndexReader, IndexWriter, TantivyDocument};

use crate::Failure;

/// What happens to words on their way into the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Analysis {
    /// Lower case.
    Words,
    /// Lower case, then the Snowball stemmer for Turkish.
    Snowball,
}

/// An index in memory with a field `body`.
pub struct Tantivy {
    index: Index,
    reader: IndexReader,
    body: Field,
    number: Field,
}

impl Tantivy {
    /// Indexes documents.
    ///
    /// # Errors
    ///
    /// What tantivy says.
    pub fn new<'a>(
        documents: impl IntoIterator<Item = &'a str>,
        analysis: Analysis,
    ) -> Result<Self, Failure> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("turkish")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let body = schema.add_text_field(
            "body",
            TextOptions::default().set_indexing_options(indexing),
        );
        let number = schema.add_u64_field("number", STORED | INDEXED);
        let index = Index::create_in_ram(schema.build());
        let plain = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(255))
            .filter(LowerCaser);
        index.tokenizers().register(
            "turkish",
            match analysis {
                Analysis::Words => plain.build(),
                Analysis::Snowball => plain.filter(Stemmer::new(Language::Turkish)).build(),
            },
        );
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20_000_000)?;
        for (at, text) in documents.into_iter().enumerate() {
            let mut document = TantivyDocument::default();
            document.add_text(body, semrel::text::fold_case(text));
            document.add_u64(number, at as u64);
            writer.add_document(document)?;
        }
        writer.commit()?;
        Ok(Tantivy {
            reader: index.reader()?,
            index,
            body,
            number,
        })
    }

    /// The documents that a rewritten query finds, best first.
    ///
    /// # Errors
    ///
    /// What tantivy says.
    pub fn search(&self, rewrite: &Rewrite) -> Result<Vec<usize>, Failure> {
        self.run(&*rewrite.to_tantivy(&self.index, &[self.body])?)
    }

    /// The documents that a query in tantivy's syntax finds, best first.
    ///
    /// # Errors
    ///
    /// What tantivy's query parser says.
    pub fn search_syntax(&self, query: &str) -> Result<Vec<usize>, Failure> {
        let parser = QueryParser::for_index(&self.index, vec![self.body]);
        self.run(&*parser.parse_query(query)?)
    }

    fn run(&self, query: &dyn Query) -> Result<Vec<usize>, Failure> {
        let searcher = self.reader.searcher();
        searcher
            .search(query, &TopDocs::with_limit(10_000))?
            .into_iter()
            .map(|(_, address)| {
                let document: TantivyDocument = searcher.doc(address)?;
                let number = document.get_first(self.number).and_then(|v| v.as_u64());
                Ok(number.unwrap_or_default() as usize)
            })
            .collect()
    }
}
