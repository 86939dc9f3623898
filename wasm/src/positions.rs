//! Places in a text as JavaScript counts them.

/// Turns byte offsets into UTF-16 offsets, in one pass over the text as long as they rise.
pub(crate) struct Positions<'a> {
    text: &'a str,
    byte: usize,
    unit: usize,
}

impl<'a> Positions<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Positions {
            text,
            byte: 0,
            unit: 0,
        }
    }

    /// How many UTF-16 code units stand before a byte.
    pub(crate) fn of(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.unit) = (0, 0);
        }
        let passed = self.text.get(self.byte..byte).unwrap_or_default();
        self.unit += passed.chars().map(char::len_utf16).sum::<usize>();
        self.byte += passed.len();
        self.unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_code_units_forwards_and_back() {
        let text = "ağ 𝒜 şu";
        let mut positions = Positions::new(text);
        for word in ["şu", "ağ", "𝒜", "şu"] {
            let byte = text.find(word).unwrap();
            let expected = text[..byte].encode_utf16().count();
            assert_eq!(positions.of(byte), expected, "{word}");
        }
    }
}
