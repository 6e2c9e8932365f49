package lodash

import (
	"strings"
	"sync"
)

// The functions in the order in which lodash lists them: first those whose results a chain goes on with.
const (
	chainable = `after ary assign assignIn assignInWith assignWith at before bind bindAll bindKey castArray chain chunk compact
		concat cond conforms constant countBy create curry curryRight debounce defaults defaultsDeep defer delay difference
		differenceBy differenceWith drop dropRight dropRightWhile dropWhile fill filter flatMap flatMapDeep flatMapDepth
		flatten flattenDeep flattenDepth flip flow flowRight fromPairs functions functionsIn groupBy initial intersection
		intersectionBy intersectionWith invert invertBy invokeMap iteratee keyBy keys keysIn map mapKeys mapValues matches
		matchesProperty memoize merge mergeWith method methodOf mixin negate nthArg omit omitBy once orderBy over overArgs
		overEvery overSome partial partialRight partition pick pickBy property propertyOf pull pullAll pullAllBy
		pullAllWith pullAt range rangeRight rearg reject remove rest reverse sampleSize set setWith shuffle slice sortBy
		sortedUniq sortedUniqBy split spread tail take takeRight takeRightWhile takeWhile tap throttle thru toArray toPairs
		toPairsIn toPath toPlainObject transform unary union unionBy unionWith uniq uniqBy uniqWith unset unzip unzipWith
		update updateWith values valuesIn without words wrap xor xorBy xorWith zip zipObject zipObjectDeep zipWith entries
		entriesIn extend extendWith`
	plain = `add attempt camelCase capitalize ceil clamp clone cloneDeep cloneDeepWith cloneWith conformsTo deburr defaultTo
		divide endsWith eq escape escapeRegExp every find findIndex findKey findLast findLastIndex findLastKey floor forEach
		forEachRight forIn forInRight forOwn forOwnRight get gt gte has hasIn head identity includes indexOf inRange invoke
		isArguments isArray isArrayBuffer isArrayLike isArrayLikeObject isBoolean isBuffer isDate isElement isEmpty isEqual
		isEqualWith isError isFinite isFunction isInteger isLength isMap isMatch isMatchWith isNaN isNative isNil isNull
		isNumber isObject isObjectLike isPlainObject isRegExp isSafeInteger isSet isString isSymbol isTypedArray
		isUndefined isWeakMap isWeakSet join kebabCase last lastIndexOf lowerCase lowerFirst lt lte max maxBy mean meanBy
		min minBy stubArray stubFalse stubObject stubString stubTrue multiply nth noConflict noop now pad padEnd padStart
		parseInt random reduce reduceRight repeat replace result round runInContext sample size snakeCase some sortedIndex
		sortedIndexBy sortedIndexOf sortedLastIndex sortedLastIndexBy sortedLastIndexOf startCase startsWith subtract sum
		sumBy template times toFinite toInteger toLength toLower toNumber toSafeInteger toString toUpper trim trimEnd
		trimStart truncate unescape uniqueId upperCase upperFirst each eachRight first`
)

// files4 lists which file of js/ makes which functions.
func files4() map[string]string {
	return map[string]string{
		"array/part": `chunk compact drop dropRight dropRightWhile dropWhile fill head first initial last nth slice tail take
			takeRight takeRightWhile takeWhile`,
		"array/find": `findIndex findLastIndex indexOf lastIndexOf sortedIndex sortedIndexBy sortedIndexOf sortedLastIndex
			sortedLastIndexBy sortedLastIndexOf`,
		"array/set": `difference differenceBy differenceWith intersection intersectionBy intersectionWith sortedUniq
			sortedUniqBy union unionBy unionWith uniq uniqBy uniqWith without xor xorBy xorWith`,
		"array/change": `concat flatten flattenDeep flattenDepth join pull pullAll pullAllBy pullAllWith pullAt remove reverse`,
		"array/zip":    `fromPairs unzip unzipWith zip zipObject zipObjectDeep zipWith`,
		"collection/each": `every filter find findLast flatMap flatMapDeep flatMapDepth forEach forEachRight each eachRight
			includes invokeMap map reduce reduceRight reject size some`,
		"collection/group": `countBy groupBy keyBy orderBy partition sample sampleSize shuffle sortBy`,
		"function/wrap":    `ary bind bindAll bindKey curry curryRight flip partial partialRight rearg unary wrap`,
		"function/time":    `after before debounce defer delay once throttle`,
		"function/apply":   `memoize negate overArgs rest spread`,
		"lang/is": `isArguments isArray isArrayBuffer isArrayLike isArrayLikeObject isBoolean isBuffer isDate isElement
			isEmpty isError isFinite isFunction isInteger isLength isMap isNaN isNative isNil isNull isNumber isObject
			isObjectLike isPlainObject isRegExp isSafeInteger isSet isString isSymbol isTypedArray isUndefined isWeakMap
			isWeakSet`,
		"lang/compare": `clone cloneDeep cloneDeepWith cloneWith conforms conformsTo eq gt gte isEqual isEqualWith isMatch
			isMatchWith lt lte`,
		"lang/convert":  `castArray toArray toFinite toInteger toLength toNumber toPath toPlainObject toSafeInteger toString`,
		"math/math":     `add ceil divide floor max maxBy mean meanBy min minBy multiply round subtract sum sumBy`,
		"number/number": `clamp inRange parseInt random range rangeRight`,
		"object/assign": `assign assignIn assignInWith assignWith create defaults defaultsDeep extend extendWith merge
			mergeWith`,
		"object/each": `entries entriesIn findKey findLastKey forIn forInRight forOwn forOwnRight functions functionsIn
			invert invertBy keys keysIn mapKeys mapValues toPairs toPairsIn transform values valuesIn`,
		"object/path": `at get has hasIn invoke omit omitBy pick pickBy result set setWith unset update updateWith`,
		"string/case": `camelCase capitalize deburr kebabCase lowerCase lowerFirst snakeCase startCase toLower toUpper
			upperCase upperFirst words`,
		"string/string": `endsWith escape escapeRegExp pad padEnd padStart repeat replace split startsWith trim trimEnd
			trimStart truncate unescape`,
		"string/template": `template`,
		"seq/wrapper":     `chain mixin tap thru`,
		"util/flow": `attempt cond constant defaultTo flow flowRight identity matches matchesProperty method methodOf
			noConflict noop now nthArg over overEvery overSome property propertyOf stubArray stubFalse stubObject stubString
			stubTrue times uniqueId`,
	}
}

//nolint:gochecknoglobals // tables
var (
	four  = newEdition("4.17.21", chainable, plain, files4)
	three = newEdition("3.10.2", chainable3, plain3, files3)
)

// newEdition makes an edition, whose tables are made once a process and when they are first asked for.
func newEdition(version, chainable, plain string, files func() map[string]string) edition {
	return edition{
		version: version, chainable: chainable, plain: plain,
		names: sync.OnceValue(func() []string { return strings.Fields(chainable + " " + plain) }),
		places: sync.OnceValue(func() map[string]string {
			places := map[string]string{}
			for file, names := range files() {
				for _, name := range strings.Fields(names) {
					places[name] = file
				}
			}
			return places
		}),
	}
}
