package demo

import "strings"

// Parts of names as they are common in West Sumatra. A name is put together
// from them by a permutation, so that no two people share one; no list holds a
// word of another.
var (
	maleFirst = strings.Fields(`Afrizal Ahmad Alfian Andri Anton Ardian Arif Armen Aswandi Asrul Aulia Azwar Bambang
		Bayu Benny Budi Dedi Dafril Darwis Deni Dodi Doni Edi Efrizal Eka Elvis Erick Fadli Fahmi Fajar Faisal Fauzan
		Febri Ferdi Feri Firdaus Gusrizal Hafiz Hamdani Hardi Haris Hendra Heri Heru Idris Ikhsan Ilham Indra Irfan
		Irwan Ismail Iqbal Jamaris Jefri Joni Jufri Khairul Luthfi Mahmud Marwan Masrizal Mulyadi Nofrizal Novri Nurman
		Oki Rahmat Ramadhan Randi Refdi Rendra Reza Ridwan Rinaldi Rizal Roni Rudi Rusdi Rusli Sabri Safrudin Salman
		Syafrizal Syahrial Taufik Teguh Tomi Wahyu Wendi Yasir Yendri Yogi Yusrizal Zainal Zulfahmi Zulkarnain`)
	femaleFirst = strings.Fields(`Afni Aida Andriani Anisa Arneti Asmawati Ayu Betti Cici Citra Darmawati Dasni Desi
		Desmawati Devi Dewi Dian Dina Dwi Elfi Elfira Elvira Emi Ermawati Erna Eva Fadhila Farida Fatma Febriani Fitri
		Fitriani Gustina Hanifa Hasnah Helmi Hesti Husna Ika Imelda Indah Intan Ira Irma Jasmaniar Juliana Kartini Khairani
		Lailatul Leni Lidya Lili Lusi Maida Marlina Martini Maya Mega Melati Meri Mimi Mira Mutia Nadia Nelli Nila Nini
		Nora Novita Nurhayati Nurlaili Nurul Oktavia Osmaini Rahma Rani Ratna Refni Reni Resti Rika Rina Rini Riska Rosda
		Rosmanidar Roza Sari Selvi Sinta Siska Sri Susi Syafni Tati Tika Titin Ulfa Upik Vera Vivi Wati Welly Weni Widya
		Yanti Yeni Yulia Yuliarti Yusnita Zahara Zulfa Zuraida`)
	maleMiddle = strings.Fields(`Adi Agus Akbar Akmal Aldi Amri Anwar Arya Aziz Bahari Bakti Cahya Candra Darma Dwika
		Effendi Ersan Fakhri Fathur Ghani Habib Hadi Hakim Hamid Harun Hasan Hidayat Husni Imam Irsyad Jaya Kamal Karim
		Lukman Maulana Mukhlis Mursal Naufal Nazar Noval Oktafian Perdana Prima Putra Qadri Rafi Rasyid Rifki Rizki
		Sakti Satria Sofyan Surya Syafri Syahid Syukri Tri Umar Usman Utama Wira Yudha Yunus Zaki Zikri`)
	femaleMiddle = strings.Fields(`Aini Aisyah Amelia Anggraini Annisa Aprilia Arini Astuti Azizah Chairani Cahyani Damayanti
		Delima Diana Elina Elok Fauziah Febrina Gusti Halimah Handayani Hayati Hidayati Indriani Jannah Kurnia Laila
		Lestari Lina Maharani Maimunah Mardiah Marleni Maulida Melani Murni Mustika Nadya Ningsih Nirmala Nova Novia
		Octaviani Permata Pertiwi Puspita Putri Rahayu Rahmawati Rahmi Ramadhani Rizka Safitri Salmah Septiani Suryani
		Susanti Syafitri Triana Utami Wahyuni Widuri Wulandari Yuliana Yunita Zahra`)
	lastNames = strings.Fields(`Abdullah Alamsyah Amanda Amran Anas Arifin Asmara Aswar Bachtiar Bahar Bakri Baskara Basri
		Bustami Caniago Chandra Dahlan Dalimo Darmansyah Darussalam Djamaris Fahlevi Fernando Firmansyah Guci Gunawan Halim
		Hamzah Hanafi Harahap Hardiansyah Harmen Hasibuan Hendrawan Ibrahim Idrus Ilyas Irawan Iskandar Jafar Jalil Jambak
		Junaidi Kasman Koto Kurniawan Kusuma Latif Lubis Malik Mandaliko Mansur Marzuki Melayu Muchtar Muslim Mustafa Nasir
		Nasution Nazir Nugraha Nurdin Oktaviandi Panyalai Pasaribu Piliang Pitopang Pratama Purnama Rafles Rahman Ramli
		Rasyidin Rivai Rusman Saputra Sastra Setiawan Sikumbang Simabur Siregar Suhaimi Sulaiman Syahputra Syahrir Syamsudin
		Syarif Tanjung Thaib Umri Wahid Wardana Wijaya Yahya Yandri Yulianto Yusuf Zainuddin Zakaria Zamri Zein Zubir`)
)

// sexes: digit 15 of a NIP.
const (
	male   int8 = 1
	female int8 = 2
)

// nameOf returns the k-th name of a sex; no two numbers give the same.
func nameOf(seed uint64, sex int8, k int) string {
	first, middle := maleFirst, maleMiddle
	if sex == female {
		first, middle = femaleFirst, femaleMiddle
	}
	key := mix(seed, uint64(partNames)<<8|uint64(sex))
	// Two words for every other name while they last, three for the rest.
	if two := len(first) * len(lastNames); k%2 == 0 && k/2 < two*6/10 {
		i := permute(two, key, k/2)
		return first[i%len(first)] + " " + lastNames[i/len(first)]
	}
	i := permute(len(first)*len(middle)*len(lastNames), key, k)
	f, rest := i%len(first), i/len(first)
	return first[f] + " " + middle[rest%len(middle)] + " " + lastNames[rest/len(middle)]
}
