/* tiny_data.c - hides where tables are for a moment. */
#include "tiny_data.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sources.h"
#include "unit.h"

const char *const tiny_sections[TINY_SECTIONS] = { "EROW", "ECOD", "ETXT", "RANK", "DICT", "DTRM",
	"DPST", "DREC", "DTXT", "PROP", "PVAL", "PNAM", "XREF", "BINP", "TDIR", "TRUN", "RELA", "RELC",
	"BLKS" };

static const struct {
	const char *name, *text;
} tables[] = {
	{ "characters.tsv",
	    "# Unicode 17.0.0\n# code\tname\tcategory\tscript\tblock\tage\n"
	    "0000..001F\t\tCc\tCommon\tBasic Latin\t1.1\n"
	    "0020\tSPACE\tZs\tCommon\tBasic Latin\t1.1\n"
	    "0023\tNUMBER SIGN\tPo\tCommon\tBasic Latin\t1.1\n"
	    "003C\tLESS-THAN SIGN\tSm\tCommon\tBasic Latin\t1.1\n"
	    "0041\tLATIN CAPITAL LETTER A\tLu\tLatin\tBasic Latin\t1.1\n"
	    "0061\tLATIN SMALL LETTER A\tLl\tLatin\tBasic Latin\t1.1\n"
	    "00E9\tLATIN SMALL LETTER E WITH ACUTE\tLl\tLatin\tLatin-1 Supplement\t1.1\n"
	    "03BB\tGREEK SMALL LETTER LAMDA\tLl\tGreek\tGreek and Coptic\t1.1\n"
	    "200D\tZERO WIDTH JOINER\tCf\tInherited\tGeneral Punctuation\t1.1\n"
	    "20AC\tEURO SIGN\tSc\tCommon\tCurrency Symbols\t2.1\n"
	    "20D2\tCOMBINING LONG VERTICAL LINE OVERLAY\tMn\tInherited\tCombining Diacritical Marks for Symbols\t1.1\n"
	    "20E3\tCOMBINING ENCLOSING KEYCAP\tMe\tInherited\tCombining Diacritical Marks for Symbols\t3.0\n"
	    "2656\tWHITE CHESS ROOK\tSo\tCommon\tMiscellaneous Symbols\t1.1\n"
	    "2657\tWHITE CHESS BISHOP\tSo\tCommon\tMiscellaneous Symbols\t1.1\n"
	    "265C\tBLACK CHESS ROOK\tSo\tCommon\tMiscellaneous Symbols\t1.1\n"
	    "4E00..4E05\tCJK UNIFIED IDEOGRAPH-*\tLo\tHan\tCJK Unified Ideographs\t1.1\n"
	    "E000..F8FF\t\tCo\tUnknown\tPrivate Use Area\t1.1\n"
	    "FE0F\tVARIATION SELECTOR-16\tMn\tInherited\tVariation Selectors\t3.2\n"
	    "1F3FB\tEMOJI MODIFIER FITZPATRICK TYPE-1-2\tSk\tCommon\tMiscellaneous Symbols and Pictographs\t8.0\n"
	    "1F468\tMAN\tSo\tCommon\tMiscellaneous Symbols and Pictographs\t6.0\n"
	    "1F4BB\tPERSONAL COMPUTER\tSo\tCommon\tMiscellaneous Symbols and Pictographs\t6.0\n" },
	{ "aliases.tsv",
	    "# Unicode 17.0.0\n# code\talias\ttype\n"
	    "0000\tNULL\tcontrol\n000A\tLINE FEED\tcontrol\n000A\tLF\tabbreviation\n"
	    "0020\tSP\tabbreviation\n2656\tcastle\tinformal\n" },
	{ "entities.tsv",
	    "# HTML\n# name\tcode\nLT\t003C\neuro\t20AC\nlambda\t03BB\nnvlt\t003C 20D2\n" },
	{ "sequences.tsv",
	    "# Unicode 17.0.0\n# codes\tname\ttype\tbase\n"
	    "0023 FE0F 20E3\tkeycap: #\tkeycap\t\n"
	    "1F468 1F3FB\tman: light skin tone\ttone\t1F468\n"
	    "1F468 200D 1F4BB\tman technologist\tzwj\t\n" },
	{ "emoji.tsv",
	    "# Unicode 17.0.0\n# code\tpresentation\tgroup\tsubgroup\torder\n"
	    "265C\ttext\tActivities\tgame\t1\n1F468\temoji\tPeople & Body\tperson\t2\n" },
	{ "properties.tsv",
	    "# Unicode 17.0.0\n# property\tshort\tlong\tother\n"
	    "gc\tLl\tLowercase_Letter\t\ngc\tSc\tCurrency_Symbol\t\nsc\tGrek\tGreek\t\nsc\tHani\tHan\t\n"
	    "blk\tGreek\tGreek_And_Coptic\t\nage\t1.1\tV1_1\t\nccc\t230\tA\tAbove\nis\tIdeo\tIdeographic\t\n"
	    "kRSUnicode\t1\t\xE4\xB8\x80\t\n" },
	{ "traits.tsv",
	    "# Unicode 17.0.0\n# code\tproperty\tvalue\n"
	    "0020\tea\tNarrow\n0041\tbc\tLeft_To_Right\n0041\tea\tNarrow\n20D2\tccc\t1\n20E3\tscx\tGreek Latin\n"
	    "4E00\tkRSUnicode\t1\n4E00\tkTotalStrokes\t1\n4E00\tnv\t1\n4E01..4E05\tkTotalStrokes\t2\n"
	    "4E03\tnv\t7\n4E04\tkRSUnicode\t1 2\n4E05\tnv\t-1/2\n" },
	{ "mappings.tsv",
	    "# Unicode 17.0.0\n# code\tkind\tcodes\n"
	    "0041\tlower\t0061\n0061\tupper\t0041\n00E9\tlooks\t0065 0301\n03BB\tlooks\t0061\n"
	    "4E01\ttraditional\t4E02 4E03\n" },
	{ "binary.tsv",
	    "# Unicode 17.0.0\n# code\tproperties\n"
	    "0020\tPat_WS WSpace\n0023\tEComp Emoji\n2656..2657\tEmoji\n4E00..4E05\tIdeo\nFE0F\tVS\n"
	    "1F3FB\tEBase EMod EPres Emoji\n1F468\tEBase EPres Emoji\n1F4BB\tEPres Emoji\n" },
	{ "blocks.tsv",
	    "# Unicode 17.0.0\n# code\tblock\n0000..007F\tBasic Latin\n0080..00FF\tLatin-1 Supplement\n"
	    "0370..03FF\tGreek and Coptic\n20D0..20FF\tCombining Diacritical Marks for Symbols\n"
	    "DC00..DFFF\tLow Surrogates\nE000..F8FF\tPrivate Use Area\n" },
	{ "decompositions.tsv",
	    "# Unicode 17.0.0\n# code\ttype\tcodes\n00E9\tcanonical\t0065 0301\n20AC\tcompat\t0061\n" },
	{ "crowd.tsv", "# charfinder\n# codes\tkeywords\n2656\tfortress|game piece\n" },
	{ "historic.tsv",
	    "# Unicode 18.0.0\n# code\tradical\tstrokes\treading\tmodern\tnumber\n4E04\t1\t3\tnie\t4E00\t\n" },
	{ "names.tsv",
	    "# charfinder\n# codes\tname\tkind\n20AC\tEuroSign\tkeysym\n20AC\t=e\tdigraph\n1F468\tman\tshortcode\n" },
	{ "references.tsv", "# Unicode 17.0.0\n# code\tsee\n000A\t0020\n2656\t265C 2657\n" },
	{ "synonyms.tsv", "# charfinder\n# synonym\tof\ntower\tROOK\nbill\tU+20AC U+003C\n" },
	{ "ideographs.tsv",
	    "# Unicode 17.0.0\n# code\tdefinition\tmandarin\tcantonese\ton\tkun\thangul\tvietnamese\n"
	    "4E00\tone; a, an; alone\ty\xC4\xAB\tjat1\tICHI\thitotsu\t\xEC\x9D\xBC\tnh\xE1\xBA\xA5t\n"
	    "4E03\tseven (same as \xE6\x9F\x92)\tq\xC4\xAB\tcat1\tSHICHI\tnanatsu\t\xEC\xB9\xA0\tth\xE1\xBA\xA5t\n" },
	{ "keywords/en.tsv",
	    "# CLDR 48.2\n# codes\tname\tkeywords\n"
	    "0023\thash sign\thash|number|pound\n20AC\teuro\tcurrency|EUR|money\n1F468\tman\tadult|bro\n"
	    "1F468 200D 1F4BB\tman technologist\tcoder|developer|man|software\n" },
	{ "keywords/fr.tsv",
	    "# CLDR 48.2\n# codes\tname\tkeywords\n"
	    "20AC\teuro\tmonnaie|pi\xC3\xA8"
	    "ce\n1F468\thomme\tadulte|t\xC3\xAAte|visage\n" },
	{ "keywords/ja.tsv",
	    "# CLDR 48.2\n# codes\tname\tkeywords\n"
	    "1F468\t\xE7\x94\xB7\xE6\x80\xA7\t\xE7\x94\xB7\xE3\x81\xAE\xE4\xBA\xBA\xE3\x81\xAE\xE9\xA1\x94|\xE5\xA4\xA7\xE4\xBA\xBA\n" },
};

static void
path_of(char path[128], const char *directory, const char *name)
{
	UNIT_HOLDS(snprintf(path, 128, "%s/%s", directory, name) < 128);
}

static void
write_tables(const char *directory)
{
	char path[128];

	path_of(path, directory, "keywords");
	UNIT_HOLDS(mkdir(path, 0700) == 0);
	for (size_t i = 0; i < UNIT_COUNT(tables); i++) {
		FILE *file;

		path_of(path, directory, tables[i].name);
		file = fopen(path, "w");
		UNIT_HOLDS(file != NULL);
		UNIT_HOLDS(fputs(tables[i].text, file) >= 0);
		UNIT_HOLDS(fclose(file) == 0);
	}
}

static void
remove_tables(const char *directory)
{
	char path[128];

	for (size_t i = 0; i < UNIT_COUNT(tables); i++) {
		path_of(path, directory, tables[i].name);
		UNIT_HOLDS(unlink(path) == 0);
	}
	path_of(path, directory, "keywords");
	UNIT_HOLDS(rmdir(path) == 0 && rmdir(directory) == 0);
}

void
tiny_index_make(struct index_file *file)
{
	char directory[] = "/tmp/charfinder-unit-XXXXXX";
	struct sources sources = { .directory = directory };
	struct builder builder = { 0 };
	uint32_t version;

	UNIT_HOLDS(mkdtemp(directory) != NULL);
	write_tables(directory);
	sources_read(&sources, &builder, &version);
	remove_tables(directory);
	index_file_build(file, &builder);
	builder_release(&builder);
}
