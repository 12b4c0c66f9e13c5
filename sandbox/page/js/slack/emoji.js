// The emoji shortcodes people use most; any other :name: stays as typed, as it does in Slack for unknown ones.

const TABLE = `
grinning 😀 smiley 😃 smile 😄 grin 😁 laughing 😆 sweat_smile 😅 joy 😂 rofl 🤣 slightly_smiling_face 🙂 wink 😉 blush 😊
innocent 😇 heart_eyes 😍 kissing_heart 😘 yum 😋 stuck_out_tongue 😛 thinking_face 🤔 zipper_mouth_face 🤐 neutral_face 😐
expressionless 😑 smirk 😏 unamused 😒 face_with_rolling_eyes 🙄 grimacing 😬 relieved 😌 pensive 😔 sleepy 😪 sleeping 😴
mask 😷 dizzy_face 😵 exploding_head 🤯 sunglasses 😎 nerd_face 🤓 confused 😕 worried 😟 slightly_frowning_face 🙁
open_mouth 😮 hushed 😯 astonished 😲 flushed 😳 cry 😢 sob 😭 scream 😱 disappointed 😞 sweat 😓 weary 😩 tired_face 😫
triumph 😤 rage 😡 angry 😠 skull 💀 poop 💩 hankey 💩 ghost 👻 robot_face 🤖 wave 👋 raised_hand ✋ ok_hand 👌 v ✌️
crossed_fingers 🤞 point_left 👈 point_right 👉 point_up_2 👆 point_down 👇 point_up ☝️ +1 👍 thumbsup 👍 -1 👎 thumbsdown 👎
fist ✊ facepunch 👊 clap 👏 raised_hands 🙌 open_hands 👐 pray 🙏 handshake 🤝 muscle 💪 eyes 👀 brain 🧠
speaking_head_in_silhouette 🗣️ bust_in_silhouette 👤 busts_in_silhouette 👥 baby 👶 man 👨 woman 👩 shrug 🤷
man-shrugging 🤷‍♂️ woman-shrugging 🤷‍♀️ technologist 🧑‍💻 dog 🐶 cat 🐱 bear 🐻 panda_face 🐼 fox_face 🦊 unicorn_face 🦄
bee 🐝 bug 🐛 turtle 🐢 fish 🐟 octopus 🐙 rocket 🚀 airplane ✈️ car 🚗 bike 🚲 house 🏠 office 🏢 earth_africa 🌍 sunny ☀️
cloud ☁️ umbrella ☂️ snowflake ❄️ zap ⚡ fire 🔥 rainbow 🌈 star ⭐ star2 🌟 sparkles ✨ tada 🎉 confetti_ball 🎊 balloon 🎈
gift 🎁 trophy 🏆 medal 🎖️ soccer ⚽ dart 🎯 art 🎨 coffee ☕ tea 🍵 beer 🍺 beers 🍻 wine_glass 🍷 pizza 🍕 hamburger 🍔 cake 🍰
apple 🍎 heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 black_heart 🖤
broken_heart 💔 100 💯 boom 💥 sweat_drops 💦 dash 💨 speech_balloon 💬 thought_balloon 💭 zzz 💤 white_check_mark ✅
heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ heavy_plus_sign ➕ heavy_minus_sign ➖
question ❓ exclamation ❗ heavy_exclamation_mark ❗ bangbang ‼️ warning ⚠️ no_entry ⛔ no_entry_sign 🚫 stop_sign 🛑
construction 🚧 rotating_light 🚨 red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢
large_blue_circle 🔵 white_circle ⚪ black_circle ⚫ information_source ℹ️ ok 🆗 new 🆕 free 🆓 up 🆙 sos 🆘 arrow_right ➡️
arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ leftwards_arrow_with_hook ↩️ arrow_right_hook ↪️ arrows_counterclockwise 🔄
repeat 🔁 hourglass ⌛ hourglass_flowing_sand ⏳ watch ⌚ alarm_clock ⏰ stopwatch ⏱️ calendar 📆 date 📅
spiral_calendar_pad 🗓️ phone ☎️ telephone_receiver 📞 iphone 📱 computer 💻 keyboard ⌨️ desktop_computer 🖥️ printer 🖨️
camera 📷 video_camera 📹 bulb 💡 flashlight 🔦 book 📖 books 📚 bookmark 🔖 memo 📝 pencil 📝 pencil2 ✏️ email ✉️ envelope ✉️
incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤 package 📦 mailbox 📫 paperclip 📎 link 🔗 pushpin 📌 round_pushpin 📍
scissors ✂️ file_folder 📁 open_file_folder 📂 clipboard 📋 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉
bar_chart 📊 lock 🔒 unlock 🔓 key 🔑 mag 🔍 hammer 🔨 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️ shield 🛡️ label 🏷️ bell 🔔
no_bell 🔕 mega 📣 loudspeaker 📢 moneybag 💰 credit_card 💳 ticket 🎫 shopping_trolley 🛒 checkered_flag 🏁
triangular_flag_on_post 🚩 globe_with_meridians 🌐 recycle ♻️ infinity ♾️`;

const EMOJI = new Map();
const words = TABLE.trim().split(/\s+/);
for (let at = 0; at < words.length; at += 2) EMOJI.set(words[at], words[at + 1]);

/** The character for a shortcode without its colons ("wave", "wave::skin-tone-3"), or null. */
export function emojiFor(name) {
  return EMOJI.get(name.split("::")[0]) ?? null;
}
