//! One view of two sources: the immutable lexicon and the user's overlay.

use std::collections::HashMap;

use smallvec::SmallVec;

use crate::error::Result;
use crate::lexicon::{Direction, Lexicon, Overlay, Posting, Term, TermId};
use crate::morphology::Analyzer;
use crate::relation::{Evidence, Relation};
use crate::text::{normal_form, spelling_form};

/// The source of what the user added.
pub(crate) const OVERLAY_SOURCE: &str = "overlay";

/// A term of the view: below the number of lexicon terms one of those, above it one that only
/// the overlay has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Node(u32);

/// The nodes that a text names, and whether as it stands or by its dictionary form.
pub(crate) type Asked = (SmallVec<[Node; 2]>, Evidence);

/// A relation of one node to another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link<'a> {
    pub(crate) target: Node,
    pub(crate) relation: Relation,
    pub(crate) weight: f32,
    pub(crate) source: Option<&'a str>,
    pub(crate) domain: Option<&'a str>,
    pub(crate) direction: Direction,
    pub(crate) guarded: bool,
    pub(crate) transitive: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct View {
    lexicon: Lexicon,
    overlay: Overlay,
    own_terms: Vec<String>,
    own_by_normal: HashMap<String, Vec<Node>>,
    own_links: HashMap<Node, Vec<(Node, OwnLink)>>,
}

#[derive(Clone, Debug)]
struct OwnLink {
    relation: Relation,
    weight: f32,
    domain: Option<String>,
    direction: Direction,
}

impl View {
    pub(crate) fn new(lexicon: Lexicon, overlay: Overlay) -> Result<Self> {
        let mut view = View {
            lexicon,
            overlay: Overlay::new(),
            own_terms: Vec::new(),
            own_by_normal: HashMap::new(),
            own_links: HashMap::new(),
        };
        for pair in overlay.pairs() {
            let first = view.intern(&pair.sentence1);
            let second = view.intern(&pair.sentence2);
            let (forth, back) = match pair.one_way {
                false => (Direction::Both, Direction::Both),
                true => (Direction::Out, Direction::In),
            };
            for (from, to, direction) in [(first, second, forth), (second, first, back)] {
                let link = OwnLink {
                    relation: pair.label,
                    weight: pair.weight.unwrap_or(1.0),
                    domain: pair.domain.clone(),
                    direction,
                };
                let links = view.own_links.entry(from).or_default();
                links.retain(|(target, _)| *target != to);
                links.push((to, link));
            }
        }
        view.overlay = overlay;
        Ok(view)
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Whether the overlay relates any terms.
    pub(crate) fn is_plain(&self) -> bool {
        self.own_links.is_empty()
    }

    fn intern(&mut self, text: &str) -> Node {
        let form = normal_form(text);
        let spelling = spelling_form(text);
        let exact = |node: &Node| spelling_form(self.text(*node)) == spelling;
        if let Some(node) = self.nodes(&form, text).into_iter().find(exact) {
            return node;
        }
        let node = Node((self.lexicon.len() + self.own_terms.len()) as u32);
        self.own_terms.push(text.trim().to_owned());
        self.own_by_normal
            .entry(form.into_owned())
            .or_default()
            .push(node);
        node
    }

    /// The nodes that a text names, the exact spelling first.
    pub(crate) fn named(&self, text: &str) -> SmallVec<[Node; 2]> {
        self.nodes(&normal_form(text), text)
    }

    /// [`named`](Self::named) of a text whose normal form is at hand.
    pub(crate) fn nodes(&self, form: &str, text: &str) -> SmallVec<[Node; 2]> {
        let found = self.lexicon.lookup_form(form, text);
        let mut nodes: SmallVec<[Node; 2]> = found.map(Node::from).collect();
        if !self.own_by_normal.is_empty() {
            if let Some(own) = self.own_by_normal.get(form) {
                nodes.extend_from_slice(own);
            }
        }
        nodes
    }

    /// The nodes that a text names, or else its likeliest dictionary form.
    pub(crate) fn ask(&self, form: &str, text: &str, analyzer: Option<fn() -> Analyzer>) -> Asked {
        let nodes = self.nodes(form, text);
        let Some(analyzer) = analyzer.filter(|_| nodes.is_empty()) else {
            return (nodes, Evidence::Lexicon);
        };
        let known = |candidate: &str| !self.named(candidate).is_empty();
        let candidates = analyzer().lemma_candidates(text, known);
        let nodes = candidates.first().map(|lemma| self.named(lemma));
        (nodes.unwrap_or_default(), Evidence::Variant)
    }

    /// The lexicon's term behind a node.
    pub(crate) fn term(&self, node: Node) -> Option<Term<'_>> {
        self.lexicon.term(TermId(node.0))
    }

    /// The number of the lexicon's term behind a node.
    pub(crate) fn id(&self, node: Node) -> Option<TermId> {
        ((node.0 as usize) < self.lexicon.len()).then_some(TermId(node.0))
    }

    pub(crate) fn text(&self, node: Node) -> &str {
        self.own_text(node)
            .unwrap_or_else(|| self.term(node).map_or("", Term::text))
    }

    /// The text of a node that only the overlay has.
    pub(crate) fn own_text(&self, node: Node) -> Option<&str> {
        let own = (node.0 as usize).checked_sub(self.lexicon.len())?;
        Some(self.own_terms.get(own).map_or("", String::as_str))
    }

    /// Whether the user keeps two nodes apart.
    pub(crate) fn is_forbidden(&self, a: Node, b: Node) -> bool {
        !self.overlay.is_empty() && self.is_forbidden_text(self.text(a), self.text(b))
    }

    /// Whether the user keeps two terms apart.
    pub(crate) fn is_forbidden_text(&self, a: &str, b: &str) -> bool {
        self.overlay.is_forbidden(a, b)
    }

    /// All relations of a node; what the overlay says of a pair replaces what the lexicon says.
    pub(crate) fn links(&self, node: Node) -> impl Iterator<Item = Link<'_>> {
        let own = self.own_links.get(&node).map_or(&[][..], Vec::as_slice);
        let from_lexicon = self
            .term(node)
            .into_iter()
            .flat_map(Term::postings)
            .map(Link::from)
            .filter(|link| own.iter().all(|(target, _)| *target != link.target));
        let from_overlay = own.iter().map(|(target, link)| Link {
            target: *target,
            relation: link.relation,
            weight: link.weight,
            source: Some(OVERLAY_SOURCE),
            domain: link.domain.as_deref(),
            direction: link.direction,
            guarded: false,
            transitive: false,
        });
        from_lexicon.chain(from_overlay)
    }

    /// The relation of two nodes.
    pub(crate) fn link(&self, from: Node, to: Node) -> Option<Link<'_>> {
        if self.is_plain() {
            return self.term(from)?.posting(TermId(to.0)).map(Link::from);
        }
        self.links(from).find(|link| link.target == to)
    }
}

impl<'a> From<Posting<'a>> for Link<'a> {
    fn from(posting: Posting<'a>) -> Self {
        Link {
            target: Node(posting.target.0),
            relation: posting.relation,
            weight: posting.weight,
            source: posting.source,
            domain: posting.domain,
            direction: posting.direction,
            guarded: posting.guarded,
            transitive: posting.transitive,
        }
    }
}

impl From<Term<'_>> for Node {
    fn from(term: Term<'_>) -> Self {
        Node(term.id().0)
    }
}
