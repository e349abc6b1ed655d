/** Passwords that guessing tools try first, and the words that people extend to make one. In lower case. */
const words = `
  123123123 123321123 1234qwer 12341234 123456abc 123456aa 12345qwert 123abc123 123qweasd 123qweasdzxc 1357924680
  1029384756 147258369 159357456 159753456 1g2w3e4r 1q1q1q1q 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qa2ws3ed 1qaz1qaz
  1qaz2wsx 1qaz2wsx3edc 1qazxsw2 1qazzaq1 3rjs1la7qe 741852963 753951456 789456123 789456123a 963852741 987456321
  a1234567 a12345678 a123456789 a1b2c3d4 a1s2d3f4 aa123456 aa12345678 abc12345 abc123456 abcd1234 abcd12345 abcd123456
  access14 adgjmptw administrator alphabet anaconda angelica apollo13 arsenal1 asdasdasd asdf1234 asdfasdf asdfghjk
  asdfghjkl asdfjkl; asdqwe123 asdzxc123 atlantis awesome babygirl barcelona baseball basketball batman123 beautiful
  bigdaddy birthday blahblah blackjack blink182 bollocks brandnew brooklyn bullshit butterfly california cambridge
  caroline carolina cashmoney castillo champion changeit changeme charlie1 chelsea1 cherries chester1 chocolate
  christian christin christine christmas christopher cinderella clarissa classic1 clevelan cocacola commander computer
  consumer contrasena corvette cowboys1 creative crystal1 danielle darkness database default default1 defender demo
  demodemo derparol destiny1 diablo123 diamond1 dolphins download dragon12 dragonball drowssap einstein elephant
  elizabeth eminem123 engineer enterprise evolution explorer facebook fernando fireball firebird firefox1 fishing1
  florence flowers1 football football1 formula1 forever1 fortuna1 franklin freedom1 freeuser friends1 fuckyou1 fuckyou2
  gabriell gabriela gameover gangster gateway1 geheim12 geheimnis gfhjkm12 ghbdtn12 giovanni goodluck google12 government
  graphics greenday guest123 guestguest hahahaha handball hardcore harrypotter hellohello hello123 hello1234 helloworld
  heyhey12 hollywood homework hotdog12 hottie12 icecream iloveyou iloveyou1 iloveyou2 iloveyou3 iloveu12 illusion india123
  infinity inferno1 internet iw14fi9j jackson5 jamesbond jasmine1 jennifer jessica1 johannes jonathan jordan23 justdoit
  justin12 k1k2k3k4 kamikaze katherine kennwort killer12 kimberly kingkong kristina lacrosse lalalala lasvegas lawrence
  legendary letmein1 letmein12 letmein123 letmeinnow leonardo liverpool liverpool1 lollipop lollol12 lovelove loveyou1
  lucky123 ludwig12 mackenzie macintosh maddison madison1 magdalena marathon margaret margarita marianne marlboro
  marseille masterkey maverick maxwell1 megadeth melissa1 mercedes metallica metallic michael1 michelle microsoft
  midnight millenium minecraft minimum1 missouri mitchell monkey12 monkey123 montana1 montreal motdepasse motorola
  mountain mustang1 mypasswd mypassword naruto12 nascar24 natalie1 nathaniel newpassword newyork1 nicholas nicole12
  nirvana1 nintendo nopasswd nopassword november october1 okokokok onelove1 operator p455w0rd p4ssw0rd p@55w0rd p@55word
  p@ssw0rd p@ssword pa$$w0rd pa$$word pa55w0rd pa55word pakistan paradise parola12 parool12 pass1234 pass12345 passcode
  passpass passphrase passport passw0rd passwd12 passwerd passwort password password1 password12 password123
  password1234 passwordpassword patricia patrick1 pavilion peekaboo penguin1 personal petersen phoenix1 pickle12
  pineapple platinum playboy1 playstation pokemon1 porsche1 porsche911 portland postgres power123 precious princess
  princess1 princesa princesse private1 qazqazqaz qazwsx12 qazwsxedc qazwsxedcrfv qazxswedc q1w2e3r4 q1w2e3r4t5
  q1w2e3r4t5y6 qq123456 qqww1122 qwaszx12 qwe123qwe qweasd123 qweasdzxc qweqweqwe qwer1234 qwerasdf qwerqwer qwertasdfg
  qwertyui qwertyuiop qwertyuiop[] qwerty12 qwerty123 qwerty1234 qwerty12345 qwertz12 qwertzui qwertzuiop raiders1
  rainbow1 rammstein rastafari realmadrid rebecca1 redskins redsox12 remember richmond roadkill rockstar rockyou1
  rootroot rosebud1 rush2112 salasana salvador samantha samsung1 samurai1 sandman1 santiago sasha123 saturday
  sayang12 scarface scooter1 scorpion scotland sebastian secret12 secret123 secretpassword security senha123 sergeant
  serenity shadow12 shannon1 sherlock shithead simpsons skateboard skittles skywalker slipknot snickers snowball
  snowboard softball software soccer12 somebody something spartan1 spiderman spitfire spongebob squirrel stargate
  startrek starwars starwars1 steelers stephanie strawberry stronger student1 sunflower sunshine sunshine1 superman
  superman1 supernova superstar supervisor swordfish sysadmin system32 target123 taylor12 teddybear temp1234 temppass
  temporary tennis12 teresita terminator test1234 test12345 testtest testtest1 testuser thailand thankyou theking1
  theresa1 thinkpad thunder1 thunderbird tinkerbell tinkerbe titanic1 toor1234 topsecret tottenham training trinity1
  trustme1 trustno1 trustnoone twilight unicorns university unknown1 valentina valentine vanessa1 vagabond victoria
  viewsonic vincent1 virginia volkswagen volleyball voyager1 wachtwoord warcraft warhammer webmaster welcome1 welcome12
  welcome123 westside whatever whatever1 whiskey1 wildcats william1 williams winston1 wireless wolfgang wolverine
  woaini520 wordpass wrestling xbox360x yankees1 yamaha12 yellow12 yourmom1 z1x2c3v4 zachary1 zaq12wsx zaq1zaq1 zaq1xsw2
  zeppelin zxasqw12 zxc123zxc zxcv1234 zxcvbnm1 zxcvbnm123 zxcvzxcv zaqwsxcde zxcasdqwe

  abcdef access admin amanda america andrea andrew angel angels anthony apollo arsenal ashley asdfgh asdfg asdf atrium
  august austin autumn avatar badboy bailey banana batman beer bitch blink blue bonnie boomer boston brandon buster
  calvin carlos casper changeme charles charlie cheese chelsea chester chicken chris cookie cooper cowboy cowboys
  dakota dallas daniel dave david december diablo diamond doctor dragon eagle eagles eminem falcon february ferrari
  fishing florida flower forever freddy freedom friday friend fucker fuckme fuckyou gandalf george gemini geheim ginger
  golden golfer google guest guitar hannah hammer harley harry heather hello hockey hottie hunter iceman iloveu jackson
  jaguar jake james january jasmine jason jasper jesus jessica john johnny jordan joseph joshua july june junior justin
  killer king knight ladies lakers lauren letmein login london loveme lovely love lucky maggie manager marina marine
  market martin master matrix matthew merlin michael mickey miller mobile monday money monica monkey monster morgan
  muffin music mustang naruto nascar nathan nicole ninja nirvana oliver orange packers panther parola parol pass passw
  passwd patrick peanut pepper phoenix pokemon porsche prince purple qazwsx qwert qwerty qwertz rabbit rachel raiders
  rainbow ranger rangers rebecca richard robert rocket rockyou rocky root rosebud samson samsung sandra scooter
  scorpio secret senha september server sexy shadow sierra silver skippy slayer smokey snoopy soccer sophie sparky
  spider spring staff star steelers steven student summer sunday super support system taylor teacher tennis test tester
  testing thomas thunder thursday tigers tiger tigger trinity tucker tuesday turtle united user vanessa victor viking
  vision welcome wednesday whoami william willow winner winter wizard yankees yellow zxcvb zxcvbn zxcvbnm
`;

export const commonPasswords: ReadonlySet<string> = new Set(words.trim().split(/\s+/));
