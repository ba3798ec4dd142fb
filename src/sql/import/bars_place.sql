-- Where the files have a symbol's bar of a day (`sym`, `day`).
SELECT row::INTEGER AS row
FROM import_rows JOIN import_names AS names USING (role, name) JOIN import_styles AS styles USING (file)
JOIN import_days AS days ON days.text = import_rows.date AND days.format = styles.date_format
WHERE role = 'bars' AND names.sym = getvariable('sym') AND days.day = getvariable('day')
