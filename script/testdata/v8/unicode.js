// Writes the code points of each Unicode property that V8 knows: `node unicode.js > ../../engine/rewrite/unicode.txt`.
// A line has a name and, in base 36, the distance from the end of one range to the begin of the next and the length of that.
const binary = `ASCII ASCII_Hex_Digit Alphabetic Any Assigned Bidi_Control Bidi_Mirrored Case_Ignorable Cased Changes_When_Casefolded
Changes_When_Casemapped Changes_When_Lowercased Changes_When_NFKC_Casefolded Changes_When_Titlecased Changes_When_Uppercased Dash
Default_Ignorable_Code_Point Deprecated Diacritic Emoji Emoji_Component Emoji_Modifier Emoji_Modifier_Base Emoji_Presentation
Extended_Pictographic Extender Grapheme_Base Grapheme_Extend Hex_Digit IDS_Binary_Operator IDS_Trinary_Operator ID_Continue ID_Start
Ideographic Join_Control Logical_Order_Exception Lowercase Math Noncharacter_Code_Point Pattern_Syntax Pattern_White_Space
Quotation_Mark Radical Regional_Indicator Sentence_Terminal Soft_Dotted Terminal_Punctuation Unified_Ideograph Uppercase
Variation_Selector White_Space XID_Continue XID_Start`.split(/\s+/)
const categories = 'C Cc Cf Cn Co Cs L LC Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs'.split(' ')
const scripts = process.argv.slice(2)
const ranges = property => {
  const re = new RegExp(`\\p{${property}}`, 'u'), out = []
  let end = 0, from = -1
  for (let c = 0; c <= 0x110000; c++) {
    const has = c < 0x110000 && re.test(String.fromCodePoint(c))
    if (has && from < 0) from = c
    if (!has && from >= 0) { out.push((from - end).toString(36) + ' ' + (c - from).toString(36)); end = c; from = -1 }
  }
  return out.join(' ')
}
for (const p of binary) console.log(p + ': ' + ranges(p))
for (const c of categories) console.log('gc=' + c + ': ' + ranges('gc=' + c))
for (const s of scripts) { console.log('sc=' + s + ': ' + ranges('sc=' + s)); console.log('scx=' + s + ': ' + ranges('scx=' + s)) }
