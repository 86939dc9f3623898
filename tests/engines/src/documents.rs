//! Sentences in the manner of statutes and decisions, written for the tests.
//!
//! Per subject: one sentence with the name that the query has, two or one with another name of
//! the same thing, one with its opposite or a neighbour that must not come along.

/// What a sentence is to the query of its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It has the words of the query.
    Same,
    /// It says the same in other words.
    Other,
    /// It speaks of the opposite, or of something merely near.
    Not,
}

use Role::{Not, Other, Same};

/// A query and its sentences.
pub type Subject = (&'static str, &'static [(Role, &'static str)]);

/// All subjects.
pub const SUBJECTS: &[Subject] = &[
    (
        "kiracının temerrüdü",
        &[
            (
                Same,
                "Kiracının temerrüdü hâlinde kiraya veren en az otuz günlük süre verir.",
            ),
            (
                Other,
                "Müstecirin temerrüdü sebebiyle açılan davada ihtarın tebliği araştırılmalıdır.",
            ),
            (
                Not,
                "Kiralayanın temerrüdü nedeniyle tazminat isteminin reddi gerekmiştir.",
            ),
        ],
    ),
    (
        "saklı payın ihlali",
        &[
            (
                Same,
                "Saklı payın ihlali hâlinde mirasçı tenkis davası açabilir.",
            ),
            (
                Other,
                "Murisin bağışları ile mahfuz hissenin ihlali sabit görülmüştür.",
            ),
            (
                Not,
                "Tasarruf edilebilir kısım aşılmadığından dava reddedilmiştir.",
            ),
        ],
    ),
    (
        "kira sözleşmesi",
        &[
            (
                Same,
                "Taraflar arasında yazılı kira sözleşmesi bulunmaktadır.",
            ),
            (
                Other,
                "Taşınmaz, on yıl süreli kira akdi ile davalıya bırakılmıştır.",
            ),
            (
                Other,
                "Davacı, kira mukavelesinin geçersiz olduğunu, kira mukavelesi altındaki imzanın taklit edildiğini savunmuştur.",
            ),
            (Not, "Taşınmazın satış sözleşmesi noterde düzenlenmiştir."),
        ],
    ),
    (
        "alacaklı",
        &[
            (Same, "İcra takibinde alacaklı haciz talebinde bulunmuştur."),
            (Other, "Takip talebinde dain olarak şirket gösterilmiştir."),
            (
                Not,
                "Ödeme emrine itiraz eden borçlu yetkiye de itiraz etmiştir.",
            ),
        ],
    ),
    (
        "haklı fesih",
        &[
            (Same, "Somut olayda haklı fesih koşulları oluşmuştur."),
            (
                Other,
                "İşçinin ücretinin ödenmemesi, işçi yönünden bildirimsiz fesih sebebidir.",
            ),
            (
                Not,
                "Mahkemece haksız fesih kabul edilerek ihbar tazminatına hükmedilmiştir.",
            ),
        ],
    ),
    (
        "TBK'nın hükümleri",
        &[
            (Same, "Uyuşmazlığa TBK'nın hükümleri uygulanır."),
            (
                Other,
                "Sözleşmeye Türk Borçlar Kanunu'nun hükümleri uygulanacaktır.",
            ),
            (
                Not,
                "Ortaklığa Türk Ticaret Kanunu'nun hükümleri uygulanacaktır.",
            ),
        ],
    ),
    (
        "hâkimin reddi",
        &[
            (Same, "Davalı vekili hâkimin reddi talebinde bulunmuştur."),
            (
                Other,
                "Tarafsızlığından şüphe edilen yargıcın reddi istenebilir.",
            ),
            (Not, "Dava, süre yönünden reddedilmiştir."),
        ],
    ),
    (
        "geçerli vasiyetname",
        &[
            (
                Same,
                "Ortada geçerli vasiyetname bulunmadığı ileri sürülmüştür.",
            ),
            (
                Other,
                "Tanıklar önünde düzenlenen muteber vasiyetname açılıp okunmuştur.",
            ),
            (
                Not,
                "Şekil eksikliği nedeniyle geçersiz vasiyetname hüküm doğurmaz.",
            ),
        ],
    ),
    (
        "mirasçılık belgesi",
        &[
            (Same, "Sulh hukuk mahkemesi mirasçılık belgesi verebilir."),
            (
                Other,
                "Davacıya, veraset ilamı almak üzere yetki verilmiştir.",
            ),
            (Not, "Dosyaya nüfus kaydı ve aile tablosu getirtilmiştir."),
        ],
    ),
    (
        "anlaşmalı boşanma",
        &[
            (
                Same,
                "Evlilik bir yıldan fazla sürmüşse anlaşmalı boşanma mümkündür.",
            ),
            (
                Not,
                "Eşler arasında çekişmeli boşanma davası üç yıldır sürmektedir.",
            ),
        ],
    ),
    (
        "alıcının seçimlik hakları",
        &[
            (
                Same,
                "Ayıplı malda alıcının seçimlik hakları kanunda sayılmıştır.",
            ),
            (
                Other,
                "Ayıp hâlinde müşterinin seçimlik hakları satıcıya karşı kullanılır.",
            ),
            (Not, "Ödeme yapılmazsa satıcının seçimlik hakları vardır."),
        ],
    ),
    (
        "taşınmazın devri",
        &[
            (
                Same,
                "Taşınmazın devri resmî şekilde yapılmadıkça geçerli olmaz.",
            ),
            (Other, "Gayrimenkulün devri tapu memuru önünde yapılmıştır."),
            (Not, "Menkulün devri için teslim yeterlidir."),
        ],
    ),
    (
        "beraat kararı",
        &[
            (
                Same,
                "Yüklenen suçun sabit olmaması nedeniyle beraat kararı verilmiştir.",
            ),
            (Not, "Sanık hakkında verilen mahkûmiyet kararı bozulmuştur."),
        ],
    ),
    (
        "evlat edinen",
        &[
            (
                Same,
                "Evlat edinen ile küçük arasında on sekiz yaş fark bulunmalıdır.",
            ),
            (
                Not,
                "Küçük yaştaki evlatlık, öz ana ve babasına da mirasçı olur.",
            ),
        ],
    ),
    (
        "kusursuz sorumluluk",
        &[
            (
                Same,
                "Adam çalıştıranın kusursuz sorumluluk hâli düzenlenmiştir.",
            ),
            (
                Other,
                "Tehlike arz eden işletmede objektif sorumluluk esastır.",
            ),
            (Not, "Kural, kusura dayanan kusur sorumluluğu olmasıdır."),
        ],
    ),
    (
        "sözleşmeden dönme",
        &[
            (
                Same,
                "Karşı taraf temerrüde düşerse sözleşmeden dönme hakkı doğar.",
            ),
            (Not, "Taraflar sözleşmeye bağlı kalmayı tercih etmiştir."),
        ],
    ),
    (
        "işverenin feshi",
        &[
            (Same, "İşverenin feshi geçerli sebebe dayanmalıdır."),
            (Not, "İşçinin istifa dilekçesi baskı altında alınmıştır."),
        ],
    ),
    (
        "vekâletname",
        &[
            (Same, "Avukat, dosyaya vekâletname sunmak zorundadır."),
            (
                Not,
                "Vekâletnamesiz açılan davada eksiklik için süre verilir.",
            ),
        ],
    ),
    (
        "kefilin sorumluluğu",
        &[
            (Same, "Kefilin sorumluluğu, asıl borçla sınırlıdır."),
            (
                Not,
                "Ortakların sorumluluğu taahhüt ettikleri sermaye ile sınırlıdır.",
            ),
        ],
    ),
    (
        "TMK m. 166 boşanma",
        &[
            (Same, "Davacı TMK m. 166 uyarınca boşanma istemiştir."),
            (Not, "Davacı TMK m. 161 uyarınca ayrılık istemiştir."),
        ],
    ),
];

/// All sentences, in the order of the subjects.
pub fn sentences() -> impl Iterator<Item = &'static str> {
    SUBJECTS
        .iter()
        .flat_map(|(_, sentences)| sentences.iter().map(|(_, text)| *text))
}

/// For each subject its query and the numbers of its sentences with a role.
pub fn numbered() -> Vec<(&'static str, Vec<(usize, Role)>)> {
    let mut next = 0;
    SUBJECTS
        .iter()
        .map(|(query, sentences)| {
            let roles = sentences.iter().map(|(role, _)| {
                next += 1;
                (next - 1, *role)
            });
            (*query, roles.collect())
        })
        .collect()
}
