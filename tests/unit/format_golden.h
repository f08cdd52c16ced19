/* format_golden.h - index files spelled out byte by byte as FORMAT.md says. Checksums and
 * hashes were computed by other programs than those under test. FORMAT.md leaves open how
 * many slots HASH has; they are at least twice as many as one more term would need. */
#ifndef FORMAT_GOLDEN_H
#define FORMAT_GOLDEN_H

/* U+0041 A */
static const char index_of_one_name[] =
    "\x89"
    "CIX\r\n\x1A\n"                    /* magic */
    "\x05\x00\x00\x00"                 /* format version */
    "\x00\x00\x11\x00"                 /* Unicode version */
    "\x6D\x01\x00\x00\x00\x00\x00\x00" /* file size 365 */
    "\x01\x00\x00\x00"                 /* rows */
    "\x01\x00\x00\x00"                 /* terms */
    "\x09\x00\x00\x00"                 /* sections */
    "\xC4\x37\xF0\xC1"                 /* CRC-32 */
    "\x00\x00\x00\x00\x00\x00\x00\x00" /* zero */
    /* section table: HASH */
    "HASH"
    "\x3F\x16\x6E\x8F"                 /* CRC-32 */
    "\x08\x01\x00\x00\x00\x00\x00\x00" /* offset 264 */
    "\x10\x00\x00\x00\x00\x00\x00\x00" /* length 16 */
    /* section table: TERM */
    "TERM"
    "\xB8\x7E\x21\x27"                 /* CRC-32 */
    "\x18\x01\x00\x00\x00\x00\x00\x00" /* offset 280 */
    "\x18\x00\x00\x00\x00\x00\x00\x00" /* length 24 */
    /* section table: WORD */
    "WORD"
    "\x8B\x9E\xD9\xD3"                 /* CRC-32 */
    "\x30\x01\x00\x00\x00\x00\x00\x00" /* offset 304 */
    "\x01\x00\x00\x00\x00\x00\x00\x00" /* length 1 */
    /* section table: RUNS */
    "RUNS"
    "\x0C\xB8\x9E\xDD"                 /* CRC-32 */
    "\x38\x01\x00\x00\x00\x00\x00\x00" /* offset 312 */
    "\x08\x00\x00\x00\x00\x00\x00\x00" /* length 8 */
    /* section table: SETS */
    "SETS"
    "\x69\xDF\x22\x65"                 /* CRC-32 */
    "\x40\x01\x00\x00\x00\x00\x00\x00" /* offset 320 */
    "\x08\x00\x00\x00\x00\x00\x00\x00" /* length 8 */
    /* section table: GCAT */
    "GCAT"
    "\x69\xDF\x22\x65"                 /* CRC-32 */
    "\x48\x01\x00\x00\x00\x00\x00\x00" /* offset 328 */
    "\x08\x00\x00\x00\x00\x00\x00\x00" /* length 8 */
    /* section table: ROWS */
    "ROWS"
    "\xB4\x07\x48\x97"                 /* CRC-32 */
    "\x50\x01\x00\x00\x00\x00\x00\x00" /* offset 336 */
    "\x08\x00\x00\x00\x00\x00\x00\x00" /* length 8 */
    /* section table: CODE */
    "CODE"
    "\x44\xE0\xEC\x02"                 /* CRC-32 */
    "\x58\x01\x00\x00\x00\x00\x00\x00" /* offset 344 */
    "\x04\x00\x00\x00\x00\x00\x00\x00" /* length 4 */
    /* section table: TEXT */
    "TEXT"
    "\x8C\x90\x5B\xDC"                 /* CRC-32 */
    "\x60\x01\x00\x00\x00\x00\x00\x00" /* offset 352 */
    "\x0D\x00\x00\x00\x00\x00\x00\x00" /* length 13 */
    /* HASH */
    "\x00\x00\x00\x00" /* slot 0: free */
    "\x00\x00\x00\x00" /* slot 1: free */
    "\x00\x00\x00\x00" /* slot 2: free */
    "\xD9\x7E\x0A\xC4" /* slot 3: term 0, and the upper bits of its hash */
    /* TERM */
    "A\x00\x00\x00\x00\x00\x00\x00" /* A: its first bytes */
    "\x00\x00\x00\x00"              /* offset in WORD */
    "\x01\x00\x00\x00"              /* length; no set */
    "\x00\x00\x00\x00"              /* first run */
    "\x01\x00\x00\x00"              /* rows */
    /* WORD */
    "A"
    "\x00\x00\x00\x00\x00\x00\x00" /* padding */
    /* RUNS */
    "\x00\x00\x00\x00\x01\x00\x00\x00" /* rows 0 to before 1 */
    /* SETS */
    "\x00\x00\x00\x00\x00\x00\x00\x00" /* so that no set is at place 0 */
    /* GCAT */
    "\x00\x00\x00\x00\x00\x00\x00\x00" /* from U+0000 on */
    /* ROWS */
    "\x00\x00\x00\x00"
    "\x0D\x00\x00\x00" /* length of TEXT */
    /* CODE */
    "\x41\x00\x00\x00"
    "\x00\x00\x00\x00" /* padding */
    /* TEXT */
    "U+0041 \tA\tA\r\n";

/* U+20AC EURO-CURRENCY SIGN, U+4E00 CJK UNIFIED IDEOGRAPH-4E00, U+1F600 SIGN CJK SIGN:
 * rows 1 and 2 are one run of CJK, SIGN has two, and CJK and SIGN want the same slot. */
static const char index_of_three_names[] =
    "\x89"
    "CIX\r\n\x1A\n"                    /* magic */
    "\x05\x00\x00\x00"                 /* format version */
    "\x03\x02\x01\x00"                 /* Unicode version */
    "\x04\x03\x00\x00\x00\x00\x00\x00" /* file size 772 */
    "\x03\x00\x00\x00"                 /* rows */
    "\x06\x00\x00\x00"                 /* terms */
    "\x09\x00\x00\x00"                 /* sections */
    "\x7C\x54\x45\x90"                 /* CRC-32 */
    "\x00\x00\x00\x00\x00\x00\x00\x00" /* zero */
    /* section table: HASH */
    "HASH"
    "\xE9\x9B\x33\x10"                 /* CRC-32 */
    "\x08\x01\x00\x00\x00\x00\x00\x00" /* offset 264 */
    "\x40\x00\x00\x00\x00\x00\x00\x00" /* length 64 */
    /* section table: TERM */
    "TERM"
    "\x17\x15\xE7\x8C"                 /* CRC-32 */
    "\x48\x01\x00\x00\x00\x00\x00\x00" /* offset 328 */
    "\x90\x00\x00\x00\x00\x00\x00\x00" /* length 144 */
    /* section table: WORD */
    "WORD"
    "\xB5\xCA\x75\x33"                 /* CRC-32 */
    "\xD8\x01\x00\x00\x00\x00\x00\x00" /* offset 472 */
    "\x23\x00\x00\x00\x00\x00\x00\x00" /* length 35 */
    /* section table: RUNS */
    "RUNS"
    "\x2E\xA5\x1B\xCA"                 /* CRC-32 */
    "\x00\x02\x00\x00\x00\x00\x00\x00" /* offset 512 */
    "\x38\x00\x00\x00\x00\x00\x00\x00" /* length 56 */
    /* section table: SETS */
    "SETS"
    "\x38\x9F\x4F\x27"                 /* CRC-32 */
    "\x38\x02\x00\x00\x00\x00\x00\x00" /* offset 568 */
    "\x30\x00\x00\x00\x00\x00\x00\x00" /* length 48 */
    /* section table: GCAT */
    "GCAT"
    "\xFC\xED\x98\xF3"                 /* CRC-32 */
    "\x68\x02\x00\x00\x00\x00\x00\x00" /* offset 616 */
    "\x18\x00\x00\x00\x00\x00\x00\x00" /* length 24 */
    /* section table: ROWS */
    "ROWS"
    "\xA1\x29\xB6\xBA"                 /* CRC-32 */
    "\x80\x02\x00\x00\x00\x00\x00\x00" /* offset 640 */
    "\x10\x00\x00\x00\x00\x00\x00\x00" /* length 16 */
    /* section table: CODE */
    "CODE"
    "\x26\x80\xD3\x3C"                 /* CRC-32 */
    "\x90\x02\x00\x00\x00\x00\x00\x00" /* offset 656 */
    "\x0C\x00\x00\x00\x00\x00\x00\x00" /* length 12 */
    /* section table: TEXT */
    "TEXT"
    "\x42\x94\xB7\x58"                 /* CRC-32 */
    "\xA0\x02\x00\x00\x00\x00\x00\x00" /* offset 672 */
    "\x64\x00\x00\x00\x00\x00\x00\x00" /* length 100 */
    /* HASH */
    "\xF5\xAA\xAD\x0A" /* slot 0: term 4, and the upper bits of its hash */
    "\x00\x00\x00\x00" /* slot 1: free */
    "\x00\x00\x00\x00" /* slot 2: free */
    "\x00\x00\x00\x00" /* slot 3: free */
    "\x00\x00\x00\x00" /* slot 4: free */
    "\xB3\x36\xC6\x66" /* slot 5: term 2, and the upper bits of its hash */
    "\xD4\xC6\x50\xDE" /* slot 6: term 3, and the upper bits of its hash */
    "\x66\xF3\xD5\x71" /* slot 7: term 5, and the upper bits of its hash */
    "\xC2\xE3\xDE\xEF" /* slot 8: term 1, and the upper bits of its hash */
    "\x00\x00\x00\x00" /* slot 9: free */
    "\x00\x00\x00\x00" /* slot 10: free */
    "\x00\x00\x00\x00" /* slot 11: free */
    "\x00\x00\x00\x00" /* slot 12: free */
    "\x00\x00\x00\x00" /* slot 13: free */
    "\x00\x00\x00\x00" /* slot 14: free */
    "\xE1\xA5\x5B\x6E" /* slot 15: term 0, and the upper bits of its hash */
    /* TERM */
    "CJK\x00\x00\x00\x00\x00" /* CJK: its first bytes */
    "\x00\x00\x00\x00"        /* offset in WORD */
    "\x03\x00\x00\x00"        /* length; no set */
    "\x00\x00\x00\x00"        /* first run */
    "\x02\x00\x00\x00"        /* rows */
    "CURRENCY"                /* CURRENCY: its first bytes */
    "\x03\x00\x00\x00"        /* offset in WORD */
    "\x08\x00\x00\x00"        /* length; no set */
    "\x01\x00\x00\x00"        /* first run */
    "\x01\x00\x00\x00"        /* rows */
    "EURO\x00\x00\x00\x00"    /* EURO: its first bytes */
    "\x0B\x00\x00\x00"        /* offset in WORD */
    "\x04\x00\x00\x00"        /* length; no set */
    "\x02\x00\x00\x00"        /* first run */
    "\x01\x00\x00\x00"        /* rows */
    "IDEOGRAP"                /* IDEOGRAPH: its first bytes */
    "\x0F\x00\x00\x00"        /* offset in WORD */
    "\x09\x00\x00\x00"        /* length; no set */
    "\x03\x00\x00\x00"        /* first run */
    "\x01\x00\x00\x00"        /* rows */
    "SIGN\x00\x00\x00\x00"    /* SIGN: its first bytes */
    "\x18\x00\x00\x00"        /* offset in WORD */
    "\x04\x01\x00\x00"        /* length; its set is at place 1 */
    "\x04\x00\x00\x00"        /* first run */
    "\x02\x00\x00\x00"        /* rows */
    "UNIFIED\x00"             /* UNIFIED: its first bytes */
    "\x1C\x00\x00\x00"        /* offset in WORD */
    "\x07\x00\x00\x00"        /* length; no set */
    "\x06\x00\x00\x00"        /* first run */
    "\x01\x00\x00\x00"        /* rows */
    /* WORD */
    "CJKCURRENCYEUROIDEOGRAPHSIGNUNIFIED"
    "\x00\x00\x00\x00\x00" /* padding */
    /* RUNS */
    "\x01\x00\x00\x00\x03\x00\x00\x00" /* rows 1 to before 3 */
    "\x00\x00\x00\x00\x01\x00\x00\x00" /* rows 0 to before 1 */
    "\x00\x00\x00\x00\x01\x00\x00\x00" /* rows 0 to before 1 */
    "\x01\x00\x00\x00\x02\x00\x00\x00" /* rows 1 to before 2 */
    "\x00\x00\x00\x00\x01\x00\x00\x00" /* rows 0 to before 1 */
    "\x02\x00\x00\x00\x03\x00\x00\x00" /* rows 2 to before 3 */
    "\x01\x00\x00\x00\x02\x00\x00\x00" /* rows 1 to before 2 */
    /* SETS */
    "\x00\x00\x00\x00\x00\x00\x00\x00" /* so that no set is at place 0 */
    "\x01\x00\x00\x00\x00\x00\x00\x00" /* SIGN: rows in region 0 */
    "\x03\x00\x00\x00\x00\x00\x00\x00" /* whose node is at place 3 */
    "\x01\x00\x00\x00\x00\x00\x00\x00" /* in block 0 of it */
    "\x05\x00\x00\x00\x00\x00\x00\x00" /* which is at place 5 */
    "\x05\x00\x00\x00\x00\x00\x00\x00" /* rows 0 and 2 */
    /* GCAT */
    "\x00\x00\x00\x00\x00\x00\x00\x00" /* from U+0000 on */
    "\x41\x00\x00\x00\x01\x00\x00\x00" /* from U+0041 on */
    "\x00\xF6\x01\x00\x1B\x00\x00\x00" /* from U+1F600 on */
    /* ROWS */
    "\x00\x00\x00\x00"
    "\x20\x00\x00\x00"
    "\x48\x00\x00\x00"
    "\x64\x00\x00\x00" /* length of TEXT */
    /* CODE */
    "\xAC\x20\x00\x00"
    "\x00\x4E\x00\x00"
    "\x00\xF6\x01\x00"
    "\x00\x00\x00\x00" /* padding */
    /* TEXT */
    "U+20AC \t\u20AC\tEURO-CURRENCY SIGN\r\n"
    "U+4E00 \t\u4E00\tCJK UNIFIED IDEOGRAPH-4E00\r\n"
    "U+1F600\t\U0001F600\tSIGN CJK SIGN\r\n";

#endif
