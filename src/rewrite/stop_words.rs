//! Words of the grammar, which say nothing by themselves.

/// In normal form, with a blank on either side.
const STOP_WORDS: &str = " \
    acaba adlı ait ama ancak arasında aynı az açısından bakımından bazı belki ben beri \
    bile bir biri birkaç biz boyunca bu buna bundan bunlar bunun böyle da daha dahi dair \
    dan de den diye diğer dolayı dolayısıyla en etmek eğer fakat gibi göre hakkında \
    halinde hangi hem henüz hep her herhangi hiç iken ile ilgili ilişkin ise itibaren için \
    kadar karşın kendi ki kim mi midir mu mudur mü müdür mı mıdır nasıl ne neden nedeniyle \
    nedir nerede niye niçin o olan olarak oldu olduğu olmak olması olup on ona ondan onlar \
    onun oysa pek rağmen sadece sayılı sebebiyle sen siz sonra suretiyle ta tarafından te \
    tüm uyarınca var ve veya veyahut ya yahut yalnızca yani yok yönelik yönünden çok çünkü \
    önce öyle üzere üzerinde şey şu şunlar şöyle \
";

/// Whether a word in normal form is a stop word.
pub(super) fn is_stop_word(form: &str) -> bool {
    let mut from = 0;
    if form.is_empty() {
        return false;
    }
    while let Some(at) = STOP_WORDS[from..].find(form) {
        let (start, end) = (from + at, from + at + form.len());
        if STOP_WORDS[..start].ends_with(' ') && STOP_WORDS[end..].starts_with(' ') {
            return !form.contains(' ');
        }
        from = start + form.chars().next().map_or(1, char::len_utf8);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normal_form;

    #[test]
    fn whole_words_in_normal_form() {
        for word in STOP_WORDS.split_whitespace() {
            assert_eq!(normal_form(word), *word);
            assert!(is_stop_word(word));
        }
        for word in ["kira", "v", "ilişk", "", " ", "ve veya"] {
            assert!(!is_stop_word(word), "{word:?}");
        }
    }
}
