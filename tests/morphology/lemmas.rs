//! Word forms and their lemmas, by phenomenon.

use semrel::morphology::Analyzer;

/// Asserts the lemma of every form: `lemma: form form ...` per line.
fn assert_lemmas(table: &str) {
    let analyzer = Analyzer::turkish();
    let mut wrong = Vec::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (lemma, forms) = line.split_once(": ").expect("lemma: forms");
        for form in forms.split_whitespace() {
            let found = analyzer.lemma(form);
            if found != lemma {
                wrong.push(format!("{form}: {found}, not {lemma}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nouns_lose_number_possession_and_case() {
    assert_lemmas(
        "
        dava: dava davayı davaya davada davadan davanın davayla davaca davalar davaları davamız
        kiracı: kiracının kiracılar kiracısı kiracılarımız kiracılarınızdan kiracıya kiracıyla
        mahkeme: mahkemenin mahkemesince mahkemelerimizde mahkemece mahkemesiyle mahkemeleri
        hüküm: hükümler hükümlerden hükümce
        temlik: temliki temlikin temlike temlikler
        müvekkil: müvekkilim müvekkilimin müvekkilimizi müvekkile müvekkillerimizce
        teminat: teminatı teminatın teminatlarını teminatından
        ",
    );
}

#[test]
fn consonants_soften() {
    assert_lemmas(
        "
        mirasçılık: mirasçılığı mirasçılığın mirasçılıktan
        alacak: alacağı alacağın alacağından alacaklarının alacağa
        ortak: ortağı ortağa ortağın
        hesap: hesabı hesaba hesabın hesaptan
        sahip: sahibi sahibinin sahibine
        talep: talebi talebin talebinden
        sebep: sebebi sebebe sebebiyle
        amaç: amacı amaca amacın
        borç: borcu borca borcun borçtan
        sonuç: sonucu sonuca sonucunda
        harç: harcı harca harcın
        senet: senedi senedin senede
        taahhüt: taahhüdü taahhüde taahhüdünden
        zilyet: zilyedi zilyedin
        tereddüt: tereddüdü tereddüde
        renk: rengi renge
        denk: dengi
        kâğıt: kâğıdı kağıda
        yurt: yurdu yurda
        ",
    );
}

#[test]
fn some_consonants_stay_hard() {
    assert_lemmas(
        "
        hukuk: hukuku hukuka hukukun hukukumuz
        malik: maliki malikin malike maliklerin
        tasdik: tasdiki tasdike
        evrak: evrakı evraka
        ahlak: ahlakı ahlaka
        tetkik: tetkiki tetkikin
        suç: suçu suça suçun suçtan
        konut: konutu konuta
        kanıt: kanıtı kanıta kanıtın
        avukat: avukatı avukata
        tespit: tespiti tespite
        ",
    );
}

#[test]
fn vowels_fall_out_and_consonants_double() {
    assert_lemmas(
        "
        ağız: ağzı ağza ağzın
        asıl: aslı aslına
        akit: akdi akdin akde akdinden
        fesih: feshi feshe feshin feshinden
        haciz: haczi haczin hacze
        hapis: hapsi hapse
        hasım: hasmı hasma
        hüküm: hükmü hükmün hükme hükmünde hükmüne
        izin: izni iznine izninden
        kayıt: kaydı kayda kaydının
        keşif: keşfi keşfin keşfe
        nakil: nakli nakle
        rehin: rehni rehnin rehne rehninin
        şahıs: şahsı şahsa şahsın
        şekil: şekli şekle şeklinde
        vakıf: vakfı vakfa vakfın
        vasıf: vasfı vasfına
        devir: devri devrine devrinden
        oğul: oğlu oğluna
        hak: hakkı hakka hakkın hakkına hakkının haklar
        ret: reddi redde reddine reddinden
        his: hissi hissin
        af: affı affa
        had: haddi haddini
        sır: sırrı sırra
        tıp: tıbbı tıbba
        zan: zannı
        ",
    );
}

#[test]
fn arabic_stems_take_front_suffixes() {
    assert_lemmas(
        "
        saat: saati saatte
        dikkat: dikkati dikkate dikkatten
        menfaat: menfaati menfaatine menfaatler
        kanaat: kanaati kanaatine
        kabul: kabulü kabulüne kabulde
        usul: usulü usule usulünde
        meşgul: meşgulü meşgule
        ihlal: ihlali ihlalin ihlale ihlalden
        iptal: iptali iptaline iptalinden
        ihtimal: ihtimali ihtimale
        protokol: protokolü protokole
        rol: rolü role
        hâl: hâli hâlinde hâllerde
        harf: harfi harfe harfler
        kalp: kalbi kalbe
        istiklal: istiklali
        ",
    );
}

#[test]
fn an_ayn_at_the_end_counts_as_a_consonant() {
    assert_lemmas(
        "
        mevzu: mevzuu mevzuun mevzuya
        rücu: rücuu rücua rücuya
        cami: camii camiye camisi
        merci: mercii merciin merciine mercilere
        müdafi: müdafii müdafiin müdafiye
        ",
    );
}

#[test]
fn irregular_words() {
    assert_lemmas(
        "
        su: suyu suyun suya sudan sular suyundan
        ne: neyin neyi
        ben: bana benim beni benden
        sen: sana senin
        o: o onu ona onun ondan onunla
        bu: bunu buna bunun bundan bununla bunca
        kendi: kendisi kendine kendisine kendilerinin
        biz: bize bizim bizce
        imek: idi imiş iken
        demek: diyor diyen diyecek diyerek dedi demiş deyip
        yemek: yiyor yiyen yiyorlar yemiştir
        etmek: ediyor eder edecek ederek etti etmemiştir edemez
        gitmek: gidiyor gidecek gidip gitti
        ",
    );
}

#[test]
fn compounds_keep_their_possessive() {
    assert_lemmas(
        "
        cezaevi: cezaevi cezaevinin cezaevine cezaevleri cezaevlerinin cezaevlerinde
        işyeri: işyerinde işyerlerinin işyerimiz
        zamanaşımı: zamanaşımının zamanaşımına
        soyadı: soyadının soyadını soyadları
        oybirliği: oybirliğiyle
        milletvekili: milletvekilinin milletvekilleri milletvekillerine
        ",
    );
}

#[test]
fn verbs_lose_tense_mood_and_person() {
    assert_lemmas(
        "
        ödemek: ödüyor ödüyorum ödediler ödedik ödeyecekler ödemiş ödemişti ödemeli ödese ödesin
        ödemek: ödememiş ödeyemez ödeyebilir ödeyemeyecek ödemiyordu ödemektedir öderdi öderlerse
        vermek: verdi vermiş veriyor verecekler verir vermez vermeyecektir verdiler vermişlerdir
        feshetmek: feshetti feshediyor feshedecek feshetmiştir feshedemez feshetmemiş
        reddetmek: reddetti reddediyor reddetmiştir reddeder
        söylemek: söylüyor söylemiyor söyledi söylemeyecekti
        anlamak: anlıyor anlamıyor anladı anlayacak
        istemek: istiyor istemiyordu isteyebilir istesin
        okumak: okuyor okur okumuş
        bilmek: bilir bilmez bilmiyor bilemez bilmekteydi
        almak: alır almaz alıyor almalıydı alsaydı
        ",
    );
}

#[test]
fn verbs_lose_participles_converbs_and_verbal_nouns() {
    assert_lemmas(
        "
        ödemek: ödeyen ödediği ödediğinden ödeyeceğini ödeyip ödeyerek ödeyince ödemeksizin
        ödemek: ödemeyen ödemediği ödedikçe ödediklerini ödemekle ödeyinceye
        bulunmak: bulunduğu bulunmadığından bulunmaksızın bulundukça bulunmasına bulunmayanların
        işlemek: işlediği işleyenlere işlemekten
        uymak: uymayan uyduğu uymaması
        dayanmak: dayanan dayanarak dayandığı dayanmaksızın
        geçmek: geçip geçince geçmeksizin geçtikten
        çıkmak: çıkıp çıkınca çıkarken çıkmaksızın
        olmak: olan olduğu olacağı olmayan olmadığı olması olmamak oluncaya olmakla
        ",
    );
}

#[test]
fn derived_verbs_have_their_own_lemma() {
    assert_lemmas(
        "
        ödenmek: ödenmediğinden ödenen ödenecektir ödenmesi
        feshedilmek: feshedilmesinden feshedilen feshedilemez feshedilmiştir
        yaptırmak: yaptıran yaptırdığı yaptırıyor
        yaptırılmak: yaptırılması yaptırılan
        bildirilmek: bildirilmesi bildirilen bildirilmediği
        onanmak: onanmasına onanmıştır
        bozulmak: bozulmasına bozulması
        geciktirilmek: geciktirilmesi geciktirilemez
        değerlendirilmek: değerlendirilmesi değerlendirilmiştir
        görüşülmek: görüşüldü görüşülmesine
        ",
    );
}

#[test]
fn derived_nominals_have_their_own_lemma() {
    assert_lemmas(
        "
        haksızlık: haksızlığa haksızlıklar
        geçersizlik: geçersizliği geçersizliğin
        zilyetlik: zilyetliğin zilyetliğe
        kiracılık: kiracılığın kiracılığı
        davacı: davacıdan davacıların
        gerekçeli: gerekçelidir
        dilekçesiz: dilekçesizdir
        mirasçısız: mirasçısız
        bağlayıcı: bağlayıcıdır bağlayıcısı
        bağlayıcılık: bağlayıcılığı bağlayıcılığına
        kurumsal: kurumsaldır
        ",
    );
}

#[test]
fn copula_and_question_particle() {
    assert_lemmas(
        "
        geçerli: geçerlidir geçerliydi geçerliyse geçerliymiş
        kiracı: kiracıdır kiracıydı kiracıysa kiracıyken
        hukuki: hukukidir
        taraf: tarafmış taraftır
        mi: mi
        mı: mıdır mıydı
        ",
    );
}

#[test]
fn relative_ki() {
    assert_lemmas(
        "
        madde: maddedeki maddesindeki maddelerindekilerden
        kanun: kanundaki kanunlardakiler
        davalı: davalınınki
        önceki: önceki öncekiler öncekinin
        ",
    );
}

#[test]
fn adverbs_of_lawyers() {
    assert_lemmas(
        "
        müştereken: müştereken
        temyizen: temyizen
        hukuken: hukuken
        şahsen: şahsen
        resen: resen RESEN
        re'sen: re'sen
        müteselsilen: müteselsilen
        alenen: alenen
        ",
    );
}

#[test]
fn names_and_abbreviations_part_at_the_apostrophe() {
    assert_lemmas(
        "
        TBK: TBK'nın TBK’nun TBK'da TBK
        AYM: AYM'ye AYM'nin
        VUK: VUK'un VUK'ta
        Yargıtay: Yargıtay'ın Yargıtayın yargıtayca YARGITAY'A
        Ankara: Ankara'dakiler ankarada ANKARA'NIN
        Türkiye: Türkiye'nin Türkiye'deki
        kurul: Kurulu'nun
        mahkeme: Mahkemesi'nin Mahkemesi'ne
        KYK: KYK'nın
        2004: 2004'ten
        344: 344'üncü 344'ünü
        mer'i: mer'i
        def'i: def'i def'inin
        ",
    );
}

#[test]
fn case_and_spelling_do_not_matter() {
    assert_lemmas(
        "
        sözleşme: SÖZLEŞMESİNİN Sözleşmenin sözleşmenin
        ihtar: İHTARI İhtarın
        kira: KİRANIN kirası
        ısrar: ISRARI ısrarı Israrın
        hâkim: hâkimin hakimin HÂKİMİN
        mahkûm: mahkûmun mahkumun
        ",
    );
}

#[test]
fn statutes_of_older_spelling() {
    assert_lemmas(
        "
        ödemek: ödiyen ödemiyen
        olmak: olmıyan
        başlamak: başlıyan başlıyarak
        şart: şartiyle
        maksat: maksadiyle
        ",
    );
}

#[test]
fn words_that_only_look_inflected() {
    for word in [
        "kadın",
        "yasa",
        "talimat",
        "hakem",
        "milyon",
        "devir",
        "alacak",
        "gelir",
        "karar",
        "rehin",
        "vekil",
        "asıl",
        "kanun",
        "hukuki",
        "kira",
        "dava",
        "yargı",
        "kamu",
        "miras",
        "aile",
        "velayet",
        "tazminat",
        "mevzuat",
        "taşınmaz",
        "taşınır",
        "arsa",
        "masa",
        "ceza",
        "icra",
        "mera",
        "harita",
        "kıta",
        "hata",
        "nota",
        "vasi",
        "kefil",
        "gazi",
        "mali",
        "adli",
        "idari",
        "taksi",
        "büro",
        "banka",
        "marka",
        "ihale",
        "vekâlet",
        "belde",
        "sayın",
        "altın",
        "yayın",
        "basın",
        "yarın",
        "izin",
        "metin",
        "zengin",
        "için",
        "bütün",
        "üstün",
        "uygun",
        "yoksul",
        "müdür",
        "kusur",
        "husus",
        "kurum",
        "durum",
        "yorum",
        "önlem",
        "işlem",
        "eylem",
        "yöntem",
        "dönem",
        "resim",
        "isim",
        "cisim",
        "iklim",
        "teslim",
        "takım",
        "yarım",
        "tasarım",
        "yıldırım",
        "kanıt",
        "tanık",
        "sanık",
        "açık",
        "ortak",
        "kaynak",
        "evrak",
        "fabrika",
        "sendika",
        "sigorta",
    ] {
        assert_lemmas(&format!("{word}: {word}"));
    }
}
