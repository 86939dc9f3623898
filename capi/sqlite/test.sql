-- Documents that say it in other words are found; run by .ci/capi, compared with test.expected.
.bail on
.mode list
CREATE VIRTUAL TABLE decisions USING fts5(body, tokenize = 'unicode61');
INSERT INTO decisions (rowid, body) VALUES
    (1, 'müstecirin tahliyesi istemiyle açılan davada tahliye taahhüdü geçerli bulunmuştur'),
    (2, 'kiracının tahliyesi için ihtar çekilmiştir'),
    (3, 'mahfuz hisse kuralları ihlal edilmiştir'),
    (4, 'saklı pay sahibi mirasçı tenkis davası açabilir'),
    (5, 'kiraya verenin kira bedelini isteme hakkı vardır');
.print plain search
SELECT rowid FROM decisions WHERE decisions MATCH 'kiracının AND tahliyesi' ORDER BY rowid;
SELECT rowid FROM decisions WHERE decisions MATCH '"saklı pay"' ORDER BY rowid;
.print widened search
SELECT rowid FROM decisions WHERE decisions MATCH semrel_rewrite('kiracının tahliyesi') ORDER BY rowid;
SELECT rowid FROM decisions WHERE decisions MATCH semrel_rewrite('saklı pay') ORDER BY rowid;
.print what is prohibited stays out
SELECT rowid FROM decisions WHERE decisions MATCH semrel_rewrite('saklı pay -tenkis') ORDER BY rowid;
.print other syntaxes
SELECT semrel_rewrite('müstecir', 'lucene');
.print relations
SELECT semrel_relation('alacaklı', 'borçlu'), semrel_relation('saklı pay', 'mahfuz hisse');
.print a table
SELECT term, relation, evidence, score > 0.9 FROM semrel_expand('mahfuz hisse', 1);
SELECT count(*) FROM semrel_expand('kira sözleşmesi', 0);
SELECT t.column1, e.term FROM (VALUES ('müstecir'), ('mahfuz hisse')) AS t, semrel_expand(t.column1, 1) AS e;
.print nothing in, nothing out
SELECT semrel_rewrite(NULL) IS NULL, semrel_relation('a', NULL) IS NULL, count(*) FROM semrel_expand(NULL);
