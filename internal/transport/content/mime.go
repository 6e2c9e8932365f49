package content

import "strings"

// typeByName returns the media type of a file by its extension, application/octet-stream for
// what is not known. The operating system's table is not asked, so that a body is the same
// everywhere. (newman: mime-types)
func typeByName(name string) string {
	if kind, ok := lookUpType(name); ok {
		return kind
	}
	return "application/octet-stream"
}

// lookUpType returns the media type that a file's extension stands for, false when it stands
// for nothing known. Either slash divides paths. The table is searched line by line: a run
// asks a few times.
func lookUpType(name string) (kind string, ok bool) {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 || strings.ContainsAny(name[dot:], `/\`) {
		return "", false
	}
	// A line of the table is a type and its extensions.
	extension := strings.ToLower(name[dot+1:])
	for line := range strings.Lines(mediaTypes) {
		kind, extensions, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		for e := range strings.SplitSeq(extensions, " ") {
			if e == extension {
				return kind, true
			}
		}
	}
	return "", false
}

// mediaTypes are registered types and the extensions in use for them, as far as uploads are likely to need
// them. Where an extension has several types, the one that newman sends is here.
const mediaTypes = `application/atom+xml atom
application/epub+zip epub
application/geo+json geojson
application/gpx+xml gpx
application/gzip gz
application/hjson hjson
application/java-archive ear jar war
application/java-vm class
application/javascript js mjs
application/json json map
application/json5 json5
application/jsonml+json jsonml
application/ld+json jsonld
application/mac-binhex40 hqx
application/manifest+json webmanifest
application/mbox mbox
application/msword doc dot
application/n-quads nq
application/n-triples nt
application/pdf pdf
application/pgp-encrypted pgp
application/pgp-keys asc
application/pgp-signature sig
application/pkcs7-mime p7m
application/pkcs7-signature p7s
application/pkix-cert cer
application/postscript ai eps ps
application/rdf+xml rdf
application/rss+xml rss
application/rtf rtf
application/ssml+xml ssml
application/toml toml
application/vnd.amazon.ebook azw
application/vnd.android.package-archive apk
application/vnd.apple.keynote key
application/vnd.apple.mpegurl m3u8
application/vnd.apple.numbers numbers
application/vnd.apple.pages pages
application/vnd.google-earth.kml+xml kml
application/vnd.google-earth.kmz kmz
application/vnd.mozilla.xul+xml xul
application/vnd.ms-cab-compressed cab
application/vnd.ms-excel xls
application/vnd.ms-excel.sheet.macroenabled.12 xlsm
application/vnd.ms-fontobject eot
application/vnd.ms-outlook msg
application/vnd.ms-powerpoint pot pps ppt
application/vnd.ms-powerpoint.presentation.macroenabled.12 pptm
application/vnd.ms-word.document.macroenabled.12 docm
application/vnd.ms-works wps
application/vnd.oasis.opendocument.database odb
application/vnd.oasis.opendocument.formula odf
application/vnd.oasis.opendocument.graphics odg
application/vnd.oasis.opendocument.presentation odp
application/vnd.oasis.opendocument.spreadsheet ods
application/vnd.oasis.opendocument.text odt
application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
application/vnd.openxmlformats-officedocument.presentationml.slideshow ppsx
application/vnd.openxmlformats-officedocument.presentationml.template potx
application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
application/vnd.openxmlformats-officedocument.wordprocessingml.template dotx
application/vnd.palm pdb
application/vnd.rar rar
application/vnd.rn-realmedia rm
application/vnd.sun.xml.writer sxw
application/vnd.tcpdump.pcap pcap
application/vnd.visio vsd
application/wasm wasm
application/wsdl+xml wsdl
application/x-7z-compressed 7z
application/x-apple-diskimage dmg
application/x-bittorrent torrent
application/x-bzip2 bz2
application/x-debian-package deb
application/x-dvi dvi
application/x-httpd-php php
application/x-iso9660-image iso
application/x-latex latex
application/x-mobipocket-ebook mobi
application/x-msdos-program exe
application/x-msdownload bat com dll msi
application/x-mspublisher pub
application/x-perl pl
application/x-pkcs12 p12 pfx
application/x-pkcs7-certificates p7b
application/x-redhat-package-manager rpm
application/x-sh sh
application/x-shockwave-flash swf
application/x-sql sql
application/x-subrip srt
application/x-tar tar
application/x-tcl tcl
application/x-tex tex
application/x-x509-ca-cert crt der pem
application/x-xpinstall xpi
application/x-xz xz
application/xhtml+xml xhtml
application/xml rng xml xsd xsl
application/xml-dtd dtd
application/xslt+xml xslt
application/zip zip
audio/midi kar mid midi
audio/mp4 m4a
audio/mpeg mp2 mp3 mpga
audio/ogg oga ogg opus
audio/wave wav
audio/webm weba
audio/x-aac aac
audio/x-aiff aiff
audio/x-flac flac
audio/x-mpegurl m3u
audio/x-ms-wma wma
font/collection ttc
font/otf otf
font/ttf ttf
font/woff woff
font/woff2 woff2
image/avif avif
image/bmp bmp
image/emf emf
image/gif gif
image/heic heic
image/heif heif
image/jp2 jp2
image/jpeg jpe jpeg jpg
image/png png
image/svg+xml svg svgz
image/tiff tif tiff
image/vnd.adobe.photoshop psd
image/vnd.microsoft.icon ico
image/vnd.zbrush.pcx pcx
image/webp webp
image/wmf wmf
image/x-portable-anymap pnm
image/x-portable-bitmap pbm
image/x-portable-graymap pgm
image/x-portable-pixmap ppm
image/x-xbitmap xbm
image/x-xpixmap xpm
image/x-xwindowdump xwd
message/rfc822 eml
model/gltf+json gltf
model/gltf-binary glb
model/stl stl
text/cache-manifest appcache
text/calendar ics
text/coffeescript coffee
text/css css
text/csv csv
text/html htm html
text/jade jade
text/jsx jsx
text/less less
text/markdown markdown md
text/mdx mdx
text/n3 n3
text/plain conf ini list log txt
text/richtext rtx
text/sgml sgml
text/slim slim
text/stylus styl
text/tab-separated-values tsv
text/turtle ttl
text/vcard vcard
text/vnd.wap.wml wml
text/vtt vtt
text/x-asm asm s
text/x-c c cc cpp h
text/x-java-source java
text/x-lua lua
text/x-nfo nfo
text/x-sass sass
text/x-scss scss
text/x-vcalendar vcs
text/x-vcard vcf
text/yaml yaml yml
video/mp2t ts
video/mp4 mp4
video/mpeg m2v mpeg mpg
video/ogg ogv
video/quicktime mov qt
video/webm webm
video/x-flv flv
video/x-m4v m4v
video/x-matroska mkv
video/x-mng mng
video/x-ms-vob vob
video/x-ms-wmv wmv
video/x-msvideo avi`
