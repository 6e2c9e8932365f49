package lodash

// The functions of lodash 3 in its order.
const (
	chainable3 = `after ary assign at before bind bindAll bindKey callback chain chunk compact constant countBy create curry
		curryRight debounce defaults defaultsDeep defer delay difference drop dropRight dropRightWhile dropWhile fill filter
		flatten flattenDeep flow flowRight forEach forEachRight forIn forInRight forOwn forOwnRight functions groupBy indexBy
		initial intersection invert invoke keys keysIn map mapKeys mapValues matches matchesProperty memoize merge method
		methodOf mixin modArgs negate omit once pairs partial partialRight partition pick pluck property propertyOf pull
		pullAt range rearg reject remove rest restParam set shuffle slice sortBy sortByAll sortByOrder spread take takeRight
		takeRightWhile takeWhile tap throttle thru times toArray toPlainObject transform union uniq unzip unzipWith values
		valuesIn where without wrap xor zip zipObject zipWith backflow collect compose each eachRight extend iteratee methods
		object select tail unique`
	plain3 = `add attempt camelCase capitalize ceil clone cloneDeep deburr endsWith escape escapeRegExp every find findIndex
		findKey findLast findLastIndex findLastKey findWhere first floor get gt gte has identity includes indexOf inRange
		isArguments isArray isBoolean isDate isElement isEmpty isEqual isError isFinite isFunction isMatch isNaN isNative
		isNull isNumber isObject isPlainObject isRegExp isString isTypedArray isUndefined kebabCase last lastIndexOf lt lte
		max min noConflict noop now pad padLeft padRight parseInt random reduce reduceRight repeat result round runInContext
		size snakeCase some sortedIndex sortedLastIndex startCase startsWith sum template trim trimLeft trimRight trunc
		unescape uniqueId words all any contains eq detect foldl foldr head include inject sample`
)

// files3 lists which file of js/ makes which functions: its own, and those of lodash 4 that have not changed.
func files3() map[string]string {
	return map[string]string{
		"three/array": `at chunk compact difference drop dropRight dropRightWhile dropWhile fill findIndex findLastIndex first
			flatten flattenDeep head indexOf initial intersection last lastIndexOf object pull pullAt remove rest slice
			sortedIndex sortedLastIndex tail take takeRight takeRightWhile takeWhile union uniq unique unzip unzipWith without
			xor zip zipObject zipWith`,
		"three/collection": `all any collect contains countBy detect each eachRight every filter find findLast findWhere foldl
			foldr forEach forEachRight groupBy include includes indexBy inject invoke map partition pluck reduce reduceRight
			reject sample select shuffle size some sortBy sortByAll sortByOrder toArray where`,
		"three/object": `assign create defaults defaultsDeep extend findKey findLastKey forIn forInRight forOwn forOwnRight
			functions get has invert isPlainObject keys keysIn mapKeys mapValues merge methods omit pairs pick result set
			toPlainObject transform values valuesIn`,
		"three/lang": `clone cloneDeep eq gt gte isArguments isArray isBoolean isDate isElement isEmpty isEqual isError isFinite
			isFunction isMatch isNaN isNative isNull isNumber isObject isRegExp isString isTypedArray isUndefined lt lte`,
		"three/string": `camelCase capitalize deburr endsWith escape escapeRegExp kebabCase pad padLeft padRight parseInt repeat
			snakeCase startCase startsWith trim trimLeft trimRight trunc unescape words`,
		"three/util": `add after ary attempt backflow before bindAll ceil compose curry curryRight floor flow flowRight
			inRange matches matchesProperty max method methodOf min modArgs negate once property propertyOf random range
			restParam round spread sum times uniqueId wrap`,
		"three/time":      `debounce throttle`,
		"function/wrap":   `bind bindKey partial partialRight rearg`,
		"function/time":   `defer delay`,
		"function/apply":  `memoize`,
		"string/template": `template`,
		"seq/wrapper":     `chain mixin tap thru`,
		"util/flow":       `constant identity noConflict noop now`,
	}
}
