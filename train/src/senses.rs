//! What is known of each term: one record per sense, the primary sense first.
//!
//! A sense is an entry. Entries of one term are the same sense if they share part of speech and
//! domain, hypernym or a word of the gloss; the record then keeps what the first of them says. Branches of law
//! come before lists of legal vocabulary, these before everyday vocabulary. A term that is no
//! head has one record with its part of speech only.

use std::collections::{BTreeMap, HashMap};

use semrel::text::normal_form;
use semrel::{Pos, TermRecord};

use crate::domains::DomainKind;
use crate::entries::Entry;
use crate::terms::{TermId, Terms};

/// Letters that a word keeps when its Turkish endings are cut off, roughly.
const STEM_LETTERS: usize = 5;

/// The records of all terms, in the order of terms.
pub fn records(entries: &[Entry], terms: &Terms) -> Vec<TermRecord> {
    let mut of_heads: BTreeMap<TermId, Vec<&Entry>> = BTreeMap::new();
    let mut listed: HashMap<TermId, BTreeMap<Pos, usize>> = HashMap::new();
    for entry in entries {
        if let Some(head) = terms.get(&entry.term) {
            of_heads.entry(head).or_default().push(entry);
        }
        for item in entry.terms().skip(1) {
            if let Some(id) = terms.get(item) {
                let pos = listed_pos(entry.pos, item);
                *listed.entry(id).or_default().entry(pos).or_default() += 1;
            }
        }
    }
    let mut records = Vec::new();
    for id in terms.ids() {
        match of_heads.get(&id) {
            Some(entries) => records.extend(senses(entries, id, terms)),
            None => records.push(TermRecord {
                term: terms.surface(id).to_owned(),
                pos: listed
                    .get(&id)
                    .and_then(|counts| counts.iter().max_by_key(|&(_, &count)| count))
                    .map(|(&pos, _)| pos),
                ..TermRecord::default()
            }),
        }
    }
    records
}

fn senses(entries: &[&Entry], id: TermId, terms: &Terms) -> Vec<TermRecord> {
    let mut entries = entries.to_vec();
    entries.sort_by_key(|entry| DomainKind::of(&entry.domain));
    let mut senses: Vec<TermRecord> = Vec::new();
    for entry in entries {
        let hypernym = entry
            .hypernym
            .as_deref()
            .and_then(|hypernym| terms.get(hypernym))
            .filter(|&hypernym| terms.form(hypernym) != terms.form(id))
            .map(|hypernym| terms.surface(hypernym).to_owned());
        let gloss = Some(entry.gloss.clone()).filter(|gloss| !gloss.is_empty());
        let same = |sense: &&mut TermRecord| {
            sense.pos == Some(entry.pos)
                && (sense.domain.as_deref() == Some(&entry.domain)
                    || (hypernym.is_some() && sense.hypernym == hypernym)
                    || share_a_word(sense.gloss.as_deref(), gloss.as_deref()))
        };
        if let Some(sense) = senses.iter_mut().find(same) {
            sense.hypernym = sense.hypernym.take().or(hypernym);
            sense.gloss = sense.gloss.take().or(gloss);
        } else {
            senses.push(TermRecord {
                term: terms.surface(id).to_owned(),
                pos: Some(entry.pos),
                gloss,
                domain: Some(entry.domain.clone()),
                hypernym,
            });
        }
    }
    senses
}

/// The part of speech of what an entry names: an entry for an abbreviation names its expansion,
/// and the other way round.
fn listed_pos(head: Pos, item: &str) -> Pos {
    let letters = || item.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().filter(|c| c.is_uppercase()).count();
    let last = item.rsplit(' ').next().unwrap_or(item);
    match head {
        Pos::Noun | Pos::Name | Pos::Abbr if !item.contains(' ') && capitals > 1 => Pos::Abbr,
        Pos::Noun if item.split(' ').all(starts_upper) => Pos::Name,
        Pos::Name | Pos::Abbr if starts_upper(last) => Pos::Name,
        Pos::Name | Pos::Abbr => Pos::Noun,
        pos => pos,
    }
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) || matches!(word, "ve" | "ile" | "için")
}

fn share_a_word(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a, b) else {
        return true;
    };
    let (a, b) = (normal_form(a), normal_form(b));
    let stem = |word: &str| -> String { word.chars().take(STEM_LETTERS).collect() };
    let content = |word: &&str| word.chars().count() >= STEM_LETTERS;
    a.split(' ')
        .filter(content)
        .any(|x| b.split(' ').filter(content).any(|y| stem(x) == stem(y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records_of(lines: &[&str]) -> Vec<TermRecord> {
        let entries: Vec<Entry> = lines
            .iter()
            .map(|line| Entry::from_line("t", line).unwrap())
            .collect();
        let mentions = entries.iter().flat_map(Entry::terms).map(String::as_str);
        let terms = Terms::new(mentions, []);
        records(&entries, &terms)
    }

    #[test]
    fn the_legal_sense_comes_first() {
        let senses = records_of(&[
            "ceza\tnoun\tyanlışa verilen karşılık\t\t\t\t\tgeneral",
            "ceza\tnoun\tsuç işleyene uygulanan yaptırım\t\t\t\t\tcriminal",
        ]);
        let domains: Vec<_> = senses.iter().filter_map(|s| s.domain.as_deref()).collect();
        assert_eq!(domains, ["criminal", "general"]);
    }

    #[test]
    fn entries_with_like_glosses_are_one_sense() {
        let senses = records_of(&[
            "kefil\tnoun\tborçlunun borcuna güvence veren kişi\t\t\t\t\tobligations",
            "kefil\tnoun\tbaşkasının borcunu güvenceye alan\t\t\t\tkişi\tglossary",
        ]);
        assert_eq!(senses.len(), 2);
        assert_eq!(senses[0].domain.as_deref(), Some("obligations"));
        assert_eq!(senses[0].hypernym.as_deref(), Some("kişi"));
        assert_eq!(senses[1].term, "kişi");
    }

    #[test]
    fn a_listed_term_has_its_part_of_speech() {
        let records = records_of(&["VUK\tabbr\tx\tVergi Usul Kanunu\t\tİYUK\t\ttax"]);
        let pos: Vec<_> = records.iter().map(|r| (r.term.as_str(), r.pos)).collect();
        assert_eq!(
            pos,
            [
                ("İYUK", Some(Pos::Abbr)),
                ("Vergi Usul Kanunu", Some(Pos::Name)),
                ("VUK", Some(Pos::Abbr)),
            ]
        );
    }
}
