// The same texts indexed with Xapian, for comparison: words with their positions, nothing stored.
//
//   xapian DB TEXTS N     the first N of the texts, a NUL after each
#include <xapian.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

int main(int count, char **words)
{
    if (count != 4)
        return 2;
    try {
        Xapian::WritableDatabase db(words[1], Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC);
        Xapian::TermGenerator generator;
        std::ifstream in(words[2], std::ios::binary);
        std::string text;
        long long left = std::atoll(words[3]);
        while (left-- > 0 && std::getline(in, text, '\0')) {
            Xapian::Document document;
            generator.set_document(document);
            generator.index_text(text);
            db.add_document(document);
        }
        db.commit();
    } catch (const Xapian::Error &error) {
        std::cerr << "xapian: " << error.get_description() << '\n';
        return 1;
    }
    return 0;
}
