/** 1,024 common English words of four or five letters: each randomly chosen word adds ten bits. */
export const WORDS: readonly string[] = `
able acid acre actor adapt admit adult after agent agree ahead aisle alarm album alike alive alley allow alloy
alone also amble ample angle ankle annex apple apron arch area arena argue armor army aroma aside aspen asset
atlas atom attic audio aunt auto awake award away axis axle baby back bacon badge bagel bake baker ball balm
band bank barge bark barn base basic basil basin batch bath beach bead beam bean bear beech beef begin bell
below belt bench bend berry best bike bill bird birth bison bite black blade blank blaze bless blimp block bloom
blue blunt board boat body boil bold bolt bone book boot both bowl brace brain brass brave bread brick brief
bring brisk broad brook brown brush build bulb burst bush busy buyer cabin cage cake calf call calm camel camp
canal candy canoe cape card care cargo cart carve case cash catch cave cedar cell cello chain chair charm chart
chase cheap check cheek chef chess chest chew chief child chill chime chin chip cider city civil claim clam clap
class clay clean clerk cliff climb clip cloak clock close cloud clown club clue coach coal coast coat cocoa code
coin cold color comb come comic cone cook cool copy coral cord core cork corn cost cosy couch count cover craft
cream creek crew crisp crop cross crowd crumb crust cube curl curve cycle daily dairy dance dash date dawn deal
dear deck deep deer delta depth desk dial diary dice diet dime dine dish disk dive dock doll dome door dough
dove down dozen drama draw dream dress drift drill drive drop drum duck duet dune dusk dust duty each eager
eagle early earn earth easel east easy echo edge elbow elder elect ember empty enjoy entry equal essay event
ever exact exam exit extra face fact fair fairy faith fall fancy farm fast favor feast fern ferry fever fiber
field fifty file fill film final find fine fire firm fish five flag flame flash flat fleet flint float flock
flour flow fluid flute foam foil fold folk food foot fork form fort forty forum found four free fresh frog front
frost fruit fuel full funny game gate gaze gear giant gift girl give glad glass globe glove glow glue goal goat
gold golf good goose gourd grain grand grape graph grass gravy gray green greet grid grill grin grip group grove
grow guard guest guide gulf gull guppy gust habit hail hair half hall hand happy hard harp haven hawk hazel head
heap heart heat heavy hedge help herb herd hero heron hike hill hint hobby hold holly home honey hood hoof hook
hoop hope horn horse hose host hotel hour house huge human humor hunt hurry icon idea igloo inch index iris iron
item ivory jade jazz jeans jelly jewel join joke judge juice july jump june jury just keen keep kick kind king
kiosk kite kiwi knee knife knit knob knock knot know koala label lace ladle lady lake lamb lamp land lane lark
laser last late laugh lava lawn layer lead leaf lean learn ledge left lemon lend lens lever life lift light like
lilac lily lime limit line linen lion list live llama loaf lobby local lock lodge loft long look loom loop lotus
loud love loyal luck lunch lung lyric magic maid mail main major make mango manor many march mark marsh mask
mason mast match math maze meal mean meat medal media melt menu mercy merge merit merry mesh metal mild mile
milk mill mind mint mist model money month moon moose moss most motel moth motor mouse mouth move movie much
mule music myth nail name navy near neat neck need neon nest never news next nice niece nine noble noise noon
north nose note novel nurse ocean offer often olive once onion only onyx open opera order organ otter outer oval
oven over owner pace pack page paint pair palm panel paper park part party pass pasta paste patch path pause
peace peach peak pear pearl pecan perch phone photo piano pick piece pier pilot pine pink pipe pizza place plain
plan plane plank plant play plaza plow plum plus poem poet point polar pole pond pony pool poppy porch port post
pouch press price print prism prize proud pump pupil puppy pure purse quail queen quick quiet quill quilt quite
quiz quote race radio raft rail rain raise rake rally ramp ranch range rapid rare reach read ready real reed
reef regal relax relay rent rest rhyme rice rich ride ridge right ring ripe rise river road roast robin rock
roll roof room root rope rose round route royal ruby rule rural rust safe saga sail salad salt same sand satin
scale scarf scene scout seal seat seed sense seven shade shale shape share sharp shed shelf shell shift shine
ship shirt shoe shop shore show shrub side silk size skate skill slate sled sleep slice slope slow small smart
smile smoke snail snow soap sock soda sofa soft soil solar solid solo song soon sound soup south space speak
spell spice spoon sport squid staff stage stair stamp star start state steel stem step stew stick still stone
stool storm story stove straw style sugar suit sure surf swan swift swim swing syrup table tail talk tall tango
tank tape task taste taxi team tent term test text thank theme thick thin thing think thorn three thumb tide
tiger tile time tiny tire title toast token tone tool tooth topaz topic torch total touch towel tower town track
trade trail tray treat tree trend trial tribe trick trip truck true trunk trust truth tube tulip tuna turn tutor
twig twin type uncle under union unit unity upper urban urge value vapor vase vault verb verse vest view villa
vine vinyl vista vivid vocal voice vote vowel wagon waist wait walk wall waltz warm wash watch water wave wedge
week well west wheat wheel whisk white wide width wild wind wing wire wise wish wolf wood wool word work world
wrap wren wrist write yacht yard yarn year yeti young youth zebra zero zinc zone
`
	.trim()
	.split(/\s+/);
