-- Instruments of version 1: the core values BerAKHLAK with the statements of
-- PermenPANRB 6/2022, Pasal 10, and the first version of the rules.
INSERT INTO instruments (id, code, version, items, behaviours) VALUES
    (1, 'berakhlak-21', 1, 21, 7),
    (2, 'berakhlak-7', 1, 7, 7);
SELECT setval(pg_get_serial_sequence('instruments', 'id'), 2);

INSERT INTO instrument_behaviours (instrument_id, ordinal, code, name, anchors) VALUES
    (1, 0, 'BP', 'Berorientasi Pelayanan', '{}'),
    (1, 1, 'AK', 'Akuntabel', '{}'),
    (1, 2, 'KM', 'Kompeten', '{}'),
    (1, 3, 'HR', 'Harmonis', '{}'),
    (1, 4, 'LY', 'Loyal', '{}'),
    (1, 5, 'AD', 'Adaptif', '{}'),
    (1, 6, 'KL', 'Kolaboratif', '{}'),
    (2, 0, 'BP', 'Berorientasi Pelayanan', ARRAY[
        'Memahami dan memenuhi kebutuhan masyarakat',
        'Ramah, cekatan, solutif, dan dapat diandalkan',
        'Melakukan perbaikan tiada henti']),
    (2, 1, 'AK', 'Akuntabel', ARRAY[
        'Melaksanakan tugas dengan jujur, bertanggung jawab, cermat, disiplin, dan berintegritas tinggi',
        'Menggunakan kekayaan dan barang milik negara secara bertanggung jawab, efektif, dan efisien',
        'Tidak menyalahgunakan kewenangan jabatan']),
    (2, 2, 'KM', 'Kompeten', ARRAY[
        'Meningkatkan kompetensi diri untuk menjawab tantangan yang selalu berubah',
        'Membantu orang lain belajar',
        'Melaksanakan tugas dengan kualitas terbaik']),
    (2, 3, 'HR', 'Harmonis', ARRAY[
        'Menghargai setiap orang apa pun latar belakangnya',
        'Suka menolong orang lain',
        'Membangun lingkungan kerja yang kondusif']),
    (2, 4, 'LY', 'Loyal', ARRAY[
        'Memegang teguh ideologi Pancasila, Undang-Undang Dasar Negara Republik Indonesia Tahun 1945, setia kepada Negara Kesatuan Republik Indonesia serta pemerintahan yang sah',
        'Menjaga nama baik sesama ASN, Pimpinan, Instansi, dan Negara',
        'Menjaga rahasia jabatan dan negara']),
    (2, 5, 'AD', 'Adaptif', ARRAY[
        'Cepat menyesuaikan diri menghadapi perubahan',
        'Terus berinovasi dan mengembangkan kreativitas',
        'Bertindak proaktif']),
    (2, 6, 'KL', 'Kolaboratif', ARRAY[
        'Memberi kesempatan kepada berbagai pihak untuk berkontribusi',
        'Terbuka dalam bekerja sama untuk menghasilkan nilai tambah',
        'Menggerakkan pemanfaatan berbagai sumber daya untuk tujuan bersama']);

INSERT INTO instrument_items (instrument_id, ordinal, behaviour, statement) VALUES
    (1, 0, 0, 'Memahami dan memenuhi kebutuhan masyarakat'),
    (1, 1, 0, 'Ramah, cekatan, solutif, dan dapat diandalkan'),
    (1, 2, 0, 'Melakukan perbaikan tiada henti'),
    (1, 3, 1, 'Melaksanakan tugas dengan jujur, bertanggung jawab, cermat, disiplin, dan berintegritas tinggi'),
    (1, 4, 1, 'Menggunakan kekayaan dan barang milik negara secara bertanggung jawab, efektif, dan efisien'),
    (1, 5, 1, 'Tidak menyalahgunakan kewenangan jabatan'),
    (1, 6, 2, 'Meningkatkan kompetensi diri untuk menjawab tantangan yang selalu berubah'),
    (1, 7, 2, 'Membantu orang lain belajar'),
    (1, 8, 2, 'Melaksanakan tugas dengan kualitas terbaik'),
    (1, 9, 3, 'Menghargai setiap orang apa pun latar belakangnya'),
    (1, 10, 3, 'Suka menolong orang lain'),
    (1, 11, 3, 'Membangun lingkungan kerja yang kondusif'),
    (1, 12, 4, 'Memegang teguh ideologi Pancasila, Undang-Undang Dasar Negara Republik Indonesia Tahun 1945, setia kepada Negara Kesatuan Republik Indonesia serta pemerintahan yang sah'),
    (1, 13, 4, 'Menjaga nama baik sesama ASN, Pimpinan, Instansi, dan Negara'),
    (1, 14, 4, 'Menjaga rahasia jabatan dan negara'),
    (1, 15, 5, 'Cepat menyesuaikan diri menghadapi perubahan'),
    (1, 16, 5, 'Terus berinovasi dan mengembangkan kreativitas'),
    (1, 17, 5, 'Bertindak proaktif'),
    (1, 18, 6, 'Memberi kesempatan kepada berbagai pihak untuk berkontribusi'),
    (1, 19, 6, 'Terbuka dalam bekerja sama untuk menghasilkan nilai tambah'),
    (1, 20, 6, 'Menggerakkan pemanfaatan berbagai sumber daya untuk tujuan bersama'),
    (2, 0, 0, 'Berorientasi Pelayanan'),
    (2, 1, 1, 'Akuntabel'),
    (2, 2, 2, 'Kompeten'),
    (2, 3, 3, 'Harmonis'),
    (2, 4, 4, 'Loyal'),
    (2, 5, 5, 'Adaptif'),
    (2, 6, 6, 'Kolaboratif');

CREATE TRIGGER instruments_immutable BEFORE UPDATE OR DELETE ON instruments FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER instrument_behaviours_immutable BEFORE UPDATE OR DELETE ON instrument_behaviours FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER instrument_items_immutable BEFORE UPDATE OR DELETE ON instrument_items FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Limits of the patterns: SE MenPANRB 3/2023. Ratios are [numerator, denominator].
INSERT INTO rules (id, version, valid_from, definition) VALUES (1, '2024.1', '2024-01-01', '{
    "scheme": {"code": "tiga_sumber", "self": 10, "supervisor": 60, "peer": 30, "peer_led": 15, "subordinate": 15},
    "min_peers": 3, "min_subordinates": 3, "min_merged": 3,
    "invited_peers": 5, "max_peers": 6,
    "min_answered": [2, 3], "min_behaviours": 5,
    "meets": [5, 2], "above": [7, 2],
    "min_mean_group": 5, "min_distribution_group": 10,
    "patterns": {
        "istimewa": {"largest": "sangat_baik", "limits": [
            {"predikats": ["sangat_baik"], "max_percent": 70}]},
        "baik": {"largest": "baik", "limits": [
            {"predikats": ["baik"], "max_percent": 70},
            {"predikats": ["butuh_perbaikan", "kurang"], "min_people": 1}]},
        "butuh_perbaikan": {"largest": "butuh_perbaikan", "limits": [
            {"predikats": ["sangat_baik"], "max_percent": 10},
            {"predikats": ["butuh_perbaikan"], "min_percent": 60}]},
        "kurang": {"largest": "kurang", "limits": [
            {"predikats": ["sangat_baik"], "max_percent": 10},
            {"predikats": ["butuh_perbaikan"], "min_percent": 10},
            {"predikats": ["kurang"], "min_percent": 60}]},
        "sangat_kurang": {"largest": "sangat_kurang", "limits": [
            {"predikats": ["sangat_baik"], "max_percent": 0},
            {"predikats": ["butuh_perbaikan", "kurang"], "min_percent": 10},
            {"predikats": ["sangat_kurang"], "min_percent": 60}]}
    }
}');
SELECT setval(pg_get_serial_sequence('rules', 'id'), 1);

INSERT INTO migration_markers (version) VALUES (6);
