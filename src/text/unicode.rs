//! Unicode normalisation, the only place that knows where it comes from.
//!
//! Natively from `unicode-normalization`. In JavaScript (feature `js` on `wasm32`) the engine has the
//! same tables, and a page need not download them again; by Unicode's stability policy they agree on
//! every character that both know.

#[cfg(not(all(feature = "js", target_arch = "wasm32")))]
mod tables {
    use unicode_normalization::UnicodeNormalization;

    /// Compatibility decomposition.
    pub(crate) fn nfkd(text: &str) -> String {
        text.nfkd().collect()
    }

    /// Canonical decomposition.
    pub(crate) fn nfd(text: &str) -> String {
        text.nfd().collect()
    }

    /// Canonical composition.
    pub(crate) fn nfc(text: &str) -> String {
        text.nfc().collect()
    }
}

#[cfg(all(feature = "js", target_arch = "wasm32"))]
mod tables {
    use js_sys::JsString;

    pub(crate) fn nfkd(text: &str) -> String {
        JsString::from(text).normalize("NFKD").into()
    }

    pub(crate) fn nfd(text: &str) -> String {
        JsString::from(text).normalize("NFD").into()
    }

    pub(crate) fn nfc(text: &str) -> String {
        JsString::from(text).normalize("NFC").into()
    }
}

pub(crate) use self::tables::{nfc, nfd, nfkd};

/// Whether `c` may be a mark of a decomposed Latin letter.
pub(crate) fn is_latin_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}
