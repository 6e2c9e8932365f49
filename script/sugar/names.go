package sugar

import (
	"strings"
	"sync"
)

// names maps a class and kind ("Date proto") to its names. It is never changed.
//
//nolint:gochecknoglobals // an immutable table, built once
var names = sync.OnceValue(func() map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for _, class := range []string{"Array", "String", "Number", "Date", "Object", "Function", "RegExp"} {
		for kind, list := range map[string][]string{"proto": methods(class), "statics": statics(class)} {
			set := map[string]bool{}
			for _, name := range list {
				set[name] = true
			}
			all[class+" "+kind] = set
		}
	}
	return all
})

// methods lists what the prototype of a class has, as seen in newman's sandbox.
func methods(class string) []string {
	switch class {
	case "Array":
		return strings.Fields(`findAll count removeAt include exclude clone unique flatten union intersect subtract first last
			from to min max least most sum average inGroups inGroupsOf isEmpty sortBy randomize zip sample each add remove
			compact groupBy none all any insert`)
	case "String":
		names := strings.Fields(`escapeRegExp escapeURL unescapeURL escapeHTML unescapeHTML encodeBase64 decodeBase64 each
			shift codes chars words lines paragraphs isBlank has add remove reverse compact from to dasherize underscore
			camelize spacify stripTags removeTags truncate pad padLeft padRight first last toNumber capitalize assign insert
			pluralize singularize humanize titleize parameterize hankaku zenkaku hiragana katakana`)
		for _, script := range strings.Fields("Arabic Cyrillic Devanagari Greek Hangul Han Kanji Hebrew Hiragana Kana Katakana Latin Thai") {
			names = append(names, "is"+script, "has"+script)
		}
		return names
	case "Number":
		return numberMethods()
	case "Date":
		return dateMethods()
	case "Function":
		return strings.Fields("lazy delay throttle debounce cancel after once fill")
	case "RegExp":
		return strings.Fields("getFlags setFlags addFlag removeFlag")
	}
	return nil
}

func numberMethods() []string {
	names := strings.Fields(`duration log abbr metric bytes isInteger isOdd isEven isMultipleOf format hex upto downto times chr
		pad ordinalize toNumber round floor ceil abs pow sin asin cos acos tan atan exp sqrt`)
	for _, unit := range strings.Fields("year month week day hour minute second millisecond") {
		for _, name := range []string{unit, unit + "s"} {
			names = append(names, name, name+"Before", name+"Ago", name+"After", name+"FromNow")
		}
	}
	return names
}

func dateMethods() []string {
	names := strings.Fields(`set setWeekday setISOWeek getISOWeek getUTCOffset utc isUTC advance rewind isValid isAfter isBefore
		isBetween isLeapYear daysInMonth format relative is reset clone iso getWeekday getUTCWeekday short long full
		isToday isYesterday isTomorrow isWeekday isWeekend isFuture isPast isSunday isMonday isTuesday isWednesday
		isThursday isFriday isSaturday isJanuary isFebruary isMarch isApril isMay isJune isJuly isAugust isSeptember
		isOctober isNovember isDecember`)
	for _, unit := range strings.Fields("Year Month Week Day Hour Minute Second Millisecond") {
		many := strings.ToLower(unit) + "s"
		names = append(names, many+"Ago", many+"Until", many+"Since", many+"FromNow", "add"+unit+"s")
	}
	for _, unit := range strings.Fields("Year Month Week") {
		names = append(names, "isLast"+unit, "isThis"+unit, "isNext"+unit)
	}
	for _, unit := range strings.Fields("Year Month Week Day") {
		names = append(names, "beginningOf"+unit, "endOf"+unit)
	}
	return names
}

// statics lists what a constructor has.
func statics(class string) []string {
	switch class {
	case "Array":
		return []string{"create"}
	case "Number":
		return []string{"random"}
	case "Date":
		return []string{"create", "past", "future"}
	case "RegExp":
		return []string{"escape"}
	case "Object":
		return strings.Fields(`map reduce each size any all none count find findAll isEmpty sum average min max least most watch
			isObject isNaN equal extended merge clone fromQueryString toQueryString tap has select reject isArray isBoolean
			isDate isFunction isNumber isString isRegExp`)
	}
	return nil
}
