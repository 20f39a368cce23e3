/**
 * Everyday words that are the same thing in Indonesian, English and chat, one thing a line, first its name. They let a
 * mail in one language meet a chat in the other; they say what a matter is about, but not what is wrong.
 */
export const commonWords = `
shoe: sepatu, shoe, shoes, sneaker, sneakers, sandal, sendal
shirt: kemeja, shirt, baju, kaos, t-shirt, tshirt, blouse, blus, blouse
trousers: celana, pants, trousers, jeans
dress: gaun, dress, gamis, daster
jacket: jaket, jacket, hoodie, sweater, coat
bag: tas, bag, ransel, backpack, handbag
hat: topi, hat, cap
table: meja, desk, table
chair: bangku, chair, sofa, couch
cupboard: lemari, cupboard, wardrobe, cabinet, rak, shelf
bed: kasur, bed, mattress, ranjang, matras
mirror: cermin, kaca, glass, mirror
cup: gelas, cup, mug, cangkir
plate_dish: piring, plate, plates, dish, mangkok, bowl
vase: vas, vase
lamp: lampu, lamp, light, bulb
door: pintu, door
key: kunci, key
house: rumah, house, home
office: kantor, office
building: gedung, building
baby: bayi, baby
mother: ibu saya, ibuku, mother, mama, mom
father: ayah, father, papa, dad
child: anak, child, kid, kids, son, daughter
wife: istri, wife
husband: suami, husband
friend: teman, friend, temen
neighbour: tetangga, neighbour, neighbor
book: buku, book, books
cake: kue, cake, cakes
rice: nasi, rice
bread: roti, bread
milk: susu, milk
coffee: kopi, coffee
meat: daging, meat, ayam, chicken
fruit: buah, fruit
cosmetic: kosmetik, cosmetic, skincare, serum, cream, krim
medicine: obat, medicine, drug, vitamin
perfume: parfum, perfume
phone_device: hp, phone, ponsel, smartphone, handset, telepon genggam
laptop: laptop, notebook, komputer, computer, pc
tablet: tablet, ipad
tv: tv, televisi, television
fridge: kulkas, fridge, refrigerator, lemari es
washer: mesin cuci, washing machine, washer
dishwasher: dishwasher, mesin pencuci piring
aircon: ac, air conditioner, aircon, air conditioning
fan: kipas, fan, kipas angin
oven: oven, microwave, kompor, stove
blender: blender, mixer, juicer
vacuum: vacuum, penyedot debu
dispenser: dispenser, galon
ricecooker: rice cooker, magic com, penanak nasi
watch: jam tangan, watch, smartwatch, arloji
headset: headset, headphone, headphones, earphone, earbuds, tws
cable: kabel, cable, cord
mouse: mouse
keyboard: keyboard
car: mobil, car
motorcycle: motor, motorcycle, motorbike, sepeda motor, scooter
bicycle: sepeda, bicycle, bike
tyre: ban, tyre, tire
engine: mesin, machine, engine
box: kotak, box, dus, kardus, boks
bottle: botol, bottle
package_seal: segel, seal, kemasan, packaging, bungkus
button_part: tombol, button
screw: baut, screw, screws, mur, bolt
handle: gagang, handle, pegangan
leg: kaki, leg
lid: tutup, lid
name_field: kolom, field
photo_print: bingkai, frame
gift: kado, gift, hadiah
flower: bunga, flower, flowers
wedding: pernikahan, wedding, nikah, kawinan
birthday: ulang tahun, birthday, ultah
doctor: dokter, doctor
hospital: klinik, clinic, rumah sakit, hospital
school: sekolah, school, kampus, university, kuliah
student: siswa, pelajar, student, murid, mahasiswa
teacher: guru, teacher, tutor, dosen
class: kelas, class, kursus, course
exam: ujian, exam
score_mark: nilai, mark
employee: karyawan, employee, staff, pegawai, staf
bank: bank, bca, bri, bni, mandiri
atm: atm
bankaccount: rekening, bank account
branch_desk: loket, counter, teller
taxi: taxi, taksi
bus: bus, bis
ship_boat: kapal, boat, ferry
airport: bandara, airport
station: stasiun, station
tour: tour, tur, wisata, liburan, vacation, trip, holiday
pool: kolam, pool
bathroom: kamar mandi, toilet, bathroom, wc
towel: handuk, towel
breakfast: sarapan, breakfast
parking: parkir, parking
gym: gym, fitness
film: film, movie, bioskop
music: musik, music, lagu, song
game: game, gim, permainan
concert: konser, concert, festival
photo_album: album
letter: surat, letter
form: formulir, form
signature: tanda tangan, signature
certificate_name: ijazah, diploma
friendship: grup, group
user: pengguna, user, users
language: bahasa, language
new_thing: terbaru, newest
black: hitam, black
white: putih, white
red: merah, red
blue: biru, blue, navy
green: hijau, green
yellow: kuning, yellow
pink: pink
grey: abu-abu, grey, gray
brown: coklat, brown, cokelat
big: besar, gede, kegedean, kebesaran, large, too big, big, longgar, loose
small: kecil, kekecilan, small, too small, sempit, tight
long: panjang, long
short: pendek, short
heavy: berat, heavy
old: tua, old, lawas
wet: basah, wet, lembab, damp
dirty: kotor, dirty, dekil, noda, stain
loud: keras, kencang, kenceng
wrong: salah, wrong, keliru, incorrect, typo, mistake, salah ketik
different: beda, berbeda, different, differ
reject: tolak, reject, rejected, refuse, refused, decline, declined, ditolak
delete: hapus, delete, remove, deleted
change: ganti, change, ubah, rubah, switch, gantiin
move: pindah, move, mutasi, geser
add: tambah, add, tambahan, additional
throw: lempar, throw, threw, banting, thrown
fall: jatuh, fell, fall, jatoh, dropped
burn: bakar, burn, hangus, gosong, burnt
stop: stop, henti
smoke: asap, smoke
explode: ledak, explode, meledak
cut: gunting
sleep: tidur
sit: duduk
eat: santap
read_book: bacaan
rent: sewa, rent, rental
sell: jual, sell
send: send
quality: kualitas, quality, mutu
promise: janji, promise
compensation: kompensasi, compensation, ganti rugi
condition: syarat, syaratnya, requirement, requirements, terms
type: tipe, type, jenis, model, varian, variant
brand: merk, merek, brand
link: tautan, link, url
file: file, berkas pdf, pdf, excel
text_label: tulisan, label, teks, text, writing
company_card: kartu nama
profile_photo: foto profil, profile picture, profile photo
contact_list: kontak
limit: batas, limit
country: negara, country, luar negeri, overseas, abroad
city: kota, city
guest: tamu, guest
server: server
vanish: ilang, disappear, disappeared, lenyap, vanished, gone
stolen: curi, dicuri, stolen, kemalingan
accident: kecelakaan, accident, tabrak, tabrakan, nabrak, crash into, collision
melt: meleleh, cair semua, melted, melting, mencair
driver_job: pengemudi, sopir, supir
income: pendapatan, gaji, penghasilan, income, salary, payroll, earnings
customs: bea cukai, bea masuk, customs
wallet_thing: dompet, wallet, purse
forget: lupa, ketinggalan, tertinggal, ketinggal, left behind, forgot, forgotten, left my
massage: pijat, massage, spa
journey: perjalanan, ride, journey, trip
pay_more: kelebihan bayar
shake: goyang, wobble, wobbly, oleng
smooth_hair: rambut, hair
teeth: gigi, teeth, tooth
skin: kulit, skin
sport: olahraga, sport, sports
channel_tv: channel, saluran, kanal
lesson: pelajaran, lesson, materi
search: cari, search, pencarian
thin: tipis, thin
material: bahan, material, kain, fabric
alarm_thing: alarm
deposit_bank: deposito, time deposit
interest: bunga deposito, interest
water_pool: keruh, murky, cloudy
itch: gatal, itchy, itch
sick: sakit, sick, ill, mual, pusing
injury: luka, injury, wound, injured
separate: lepas, copot, detached, came off
crooked: miring, bengkok, crooked, bent
wait_long: antri, antre, queue
`;
